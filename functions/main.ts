import { registerFormulas } from '../src/sheet/registered';
import { formulas } from './index';

registerFormulas(formulas);

// The bundle that Excel and the workbench load: it hands every formula to Microsoft's runtime. Where that could not be
// loaded (no network, or a filter in between) nobody can call a formula, but the pane still works.
if (typeof CustomFunctions !== 'undefined') {
  for (const [id, formula] of Object.entries(formulas)) CustomFunctions.associate(id, formula);
}
