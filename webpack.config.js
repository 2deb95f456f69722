import { resolve } from 'node:path';
import CopyPlugin from 'copy-webpack-plugin';
import TerserPlugin from 'terser-webpack-plugin';
import webpack from 'webpack';
import { ortFiles } from './build/ort-files.js';
import { settings as readSettings, root } from './build/settings.js';
import { SitePlugin } from './build/site-plugin.js';

const OFFICE = 'node_modules/@microsoft/office-js';
const UNIVER = 'node_modules/@univerjs/presets/lib/styles';

/** The chunk of the packages that the spreadsheet consists of. */
const SPREADSHEET = 'spreadsheet-packages';

export default (env = {}) => {
  const settings = readSettings(env);
  return {
    mode: 'production',
    context: root,
    target: 'web',
    entry: {
      // functions.js holds everything that the formulas share with the pane, the engine's end of the bridge among it.
      functions: './functions/main.ts',
      taskpane: { import: './taskpane/main.ts', dependOn: 'functions' },
      workbench: './workbench/main.ts',
      // Loaded in the workbench's pane before Microsoft's runtime, which looks for what it puts there.
      'workbench-pane-bridge': './workbench/pane-bridge.ts',
    },
    output: {
      path: resolve(root, 'dist'),
      filename: '[name].js',
      chunkFilename: 'chunks/[name].js',
      clean: true,
    },
    devtool: false,
    cache: { type: 'filesystem' },
    optimization: {
      splitChunks: {
        // A worker comes in one piece: it would wait for one script after the other, and most of them are its own.
        chunks: (chunk) => !chunk.canBeInitial() && !chunk.name?.startsWith('gpt2-'),
        cacheGroups: {
          spreadsheet: {
            name: SPREADSHEET,
            test: /[\\/]node_modules[\\/]/,
            chunks: ({ name }) => name === 'spreadsheet',
          },
        },
      },
      // terser leaves out what nobody uses of a package, nearly nine tenths of hash-wasm for one, and esbuild does not; of the
      // spreadsheet's several megabytes all is used, and esbuild takes seconds for them where terser takes minutes.
      minimizer: [
        new TerserPlugin({ exclude: `chunks/${SPREADSHEET}.js`, extractComments: false }),
        new TerserPlugin({ include: `chunks/${SPREADSHEET}.js`, minify: TerserPlugin.esbuildMinify }),
      ],
    },
    resolve: { extensions: ['.ts', '.tsx', '.js'] },
    module: {
      rules: [
        {
          test: /\.ts$/,
          loader: 'ts-loader',
          options: { transpileOnly: true, compilerOptions: { noEmit: false } },
        },
        // ONNX Runtime is told where its WASM files are; without this they would be emitted a second time.
        { test: /onnxruntime-web/, parser: { url: false } },
      ],
    },
    plugins: [
      new webpack.DefinePlugin({
        __NAMESPACE__: JSON.stringify(settings.namespace),
        __MODEL_MIRROR__: JSON.stringify(settings.mirror),
      }),
      // Univer hyphenates in seventy languages; cells need none of them, and it asks for the English ones itself.
      new webpack.IgnorePlugin({
        checkResource: (resource, context) =>
          /engine-render.lib.es/.test(context) && /^\.\//.test(resource) && !/en-/.test(resource),
      }),
      new SitePlugin(settings),
      new CopyPlugin({
        patterns: [
          { from: 'taskpane/taskpane.css', to: 'taskpane.css' },
          { from: 'taskpane/pictures/pictures.css', to: 'pictures.css' },
          { from: 'taskpane/assets', to: 'assets' },
          { from: 'build/docs/docs.css', to: 'docs/docs.css' },
          { from: 'workbench/workbench.css', to: 'workbench.css' },
          { from: 'workbench/vendor', to: 'vendor' },
          { from: `${UNIVER}/preset-sheets-core.css`, to: 'vendor/univer-sheets.css' },
          { from: 'weights/gpt2-tiny-stories', to: 'models/gpt2-tiny-stories' },
          ...ortFiles,
          {
            from: `${OFFICE}/dist/custom-functions-runtime.js`,
            to: 'vendor/[name][ext]',
            info: { minimized: true },
          },
          { from: `${OFFICE}/LICENSE.md`, to: 'vendor/office-js-license.md' },
        ],
      }),
    ],
    performance: { hints: false },
    stats: 'errors-warnings',
  };
};
