import { command } from './command.js';

await command('verify');
