import { checkLaw } from './check-law.ts';

/**
 * `node tools/generators/test/law/main.ts 20000 [seed]`: checks the law with this number of documents, and
 * prints the numbers of tried values.
 */
const [runs = '5000', seed] = process.argv.slice(2);
const start = performance.now();
const { schemas, values, accepted } = checkLaw(Number(runs), seed === undefined ? undefined : Number(seed));
const seconds = Math.round((performance.now() - start) / 1000);
process.stdout.write(
  `${runs} documents, ${schemas} schemas, ${values} values, ${accepted} of them accepted by ajv: ` +
    `0 members lost, 0 rejected; ${seconds} s\n`,
);
