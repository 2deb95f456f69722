/** Where a page may load from: itself and, in Excel, Office.js. Nothing may be evaluated from text but WASM. */
export const contentSecurityPolicy = ({ office }) =>
  Object.entries({
    'default-src': ["'self'"],
    'script-src': ["'self'", "'wasm-unsafe-eval'", ...(office ? [OFFICE] : [])],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'", ...(office ? [OFFICE] : [])],
    'worker-src': ["'self'", 'blob:'],
    'frame-src': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'self'"],
  })
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');

const OFFICE = 'https://appsforoffice.microsoft.com';

/** Microsoft's own address of Office.js, as Office add-ins must load it. */
const OFFICE_JS = `${OFFICE}/lib/1/hosted/office.js`;

const script = (src, defer = true) => `<script src="${src}"${defer ? ' defer' : ''}></script>`;

/** The pane as Excel loads it. Office.js comes first and blocks, because the functions register with its runtime. */
export const taskpane = (template) =>
  fill(template, { office: true, head: script(OFFICE_JS, false), scripts: ['functions.js', 'taskpane.js'] });

/** The same pane in the workbench, where Microsoft's runtime for custom functions stands in for all of Office.js. */
export const workbenchPane = (template) =>
  fill(template, {
    office: false,
    head: [
      script('workbench-pane-bridge.js', false),
      script('vendor/custom-functions-runtime.js', false),
    ].join('\n    '),
    scripts: ['functions.js', 'taskpane.js'],
  });

/** The browser spreadsheet. */
export const workbench = (template) => fill(template, { office: false, head: '', scripts: ['workbench.js'] });

function fill(template, { office, head, scripts }) {
  const policy = `<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy({ office })}" />`;
  return template
    .replace('<head>', `<head>\n    ${policy}`)
    .replace('<!-- office-js -->', head)
    .replace('<!-- scripts -->', scripts.map((src) => script(src)).join('\n    '));
}
