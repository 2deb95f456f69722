/**
 * The manifest for one host address, namespace and version.
 * @param {string} source manifest.xml
 * @param {{ host: string, namespace: string, version: string }} settings
 */
export const manifest = (source, { host, namespace, version }) =>
  source
    .replace(/<!--[\s\S]*?-->\s*/, '')
    .replaceAll('https://localhost:3000/', host)
    .replaceAll('<AppDomain>https://localhost:3000<', `<AppDomain>${new URL(host).origin}<`)
    .replaceAll('GPT2.NEXT', `${namespace}.NEXT`)
    .replace(
      'id="Functions.Namespace" DefaultValue="GPT2"',
      `id="Functions.Namespace" DefaultValue="${namespace}"`,
    )
    .replace(/<Version>.*<\/Version>/, `<Version>${version}.0</Version>`);
