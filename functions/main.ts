import { formulas } from './index';

// The bundle that Excel and the workbench load: it hands every formula to Microsoft's runtime.
for (const [id, formula] of Object.entries(formulas)) CustomFunctions.associate(id, formula);
