// Builds static/vendor from the locked packages and writes its manifest: version, SHA-256 and integrity
// of each file, and the licences of all that is inside.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { compile } from 'sass';

const here = import.meta.dirname;
const out = join(here, '..', 'static', 'vendor');
const modules = join(here, 'node_modules');

const bundles = [
  { file: 'viewer.js', package: 'bpmn-js' },
  { file: 'viewer.css', package: 'bpmn-js' },
  { file: 'form.js', package: '@bpmn-io/form-js-viewer' },
  { file: 'form.css', package: '@bpmn-io/form-js-viewer' },
  { file: 'htmx.js', package: 'htmx.org' },
  { file: 'bootstrap.css', package: 'bootstrap' },
  { file: 'inter.woff2', package: '@fontsource-variable/inter' },
];

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const common = { bundle: true, minify: true, legalComments: 'eof', target: 'es2021', logLevel: 'warning', metafile: true };
const built = [
  await build({ ...common, entryPoints: [join(here, 'viewer.mjs')], outfile: join(out, 'viewer.js'), format: 'iife' }),
  await build({ ...common, entryPoints: [join(here, 'viewer.css')], outfile: join(out, 'viewer.css') }),
  await build({ ...common, entryPoints: [join(here, 'form.mjs')], outfile: join(out, 'form.js'), format: 'iife' }),
  await build({ ...common, entryPoints: [join(here, 'form.css')], outfile: join(out, 'form.css') }),
];

const bootstrap = compile(join(here, 'bootstrap.scss'), {
  loadPaths: [modules],
  style: 'compressed',
  quietDeps: true,
  silenceDeprecations: ['import'],
});
await writeFile(join(out, 'bootstrap.css'), bootstrap.css + '\n');
await copyFile(join(modules, 'htmx.org/dist/htmx.min.js'), join(out, 'htmx.js'));
await copyFile(join(modules, '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'), join(out, 'inter.woff2'));

// What a bundle contains comes with its licence, the packages under the named ones too.
const inside = new Set(bundles.map((bundle) => bundle.package));
for (const { metafile } of built) {
  for (const input of Object.keys(metafile.inputs)) {
    const found = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (found) inside.add(found[1]);
  }
}

const about = async (name) => JSON.parse(await readFile(join(modules, name, 'package.json'), 'utf8'));

async function licence(name) {
  const file = (await readdir(join(modules, name))).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry));
  return file ? readFile(join(modules, name, file), 'utf8') : `License: ${(await about(name)).license}`;
}

const files = {};
for (const { file, package: name } of bundles) {
  const bytes = await readFile(join(out, file));
  files[file] = {
    package: name,
    version: (await about(name)).version,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    integrity: 'sha384-' + createHash('sha384').update(bytes).digest('base64'),
  };
}
await writeFile(join(out, 'manifest.json'), JSON.stringify(files, null, 2) + '\n');

const texts = [];
for (const name of [...inside].sort()) {
  const title = `${name} ${(await about(name)).version}`;
  texts.push(`${title}\n${'='.repeat(title.length)}\n\n${(await licence(name)).trim()}\n`);
}
await writeFile(join(out, 'LICENSES.txt'), texts.join('\n\n'));
