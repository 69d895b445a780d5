import { execFileSync } from 'node:child_process';
import type { Tree } from '@nx/devkit';
import { z } from 'zod';
import type { Product } from './own-files.ts';

/** File that records how a workspace was adopted, so that an upgrade renders it with the same answers. */
export const answersFile = '.bff.json';

const text = z.string();
const schema = z.strictObject({
  template: z.strictObject({
    version: z.string().regex(/^\d+\.\d+\.\d+$/),
    /**
     * Hash of the template's files, by which an upgrade finds their commit even in a workspace without the
     * template's history.
     */
    tree: text.optional(),
    /** Git URL or path of the template. */
    repository: text.optional(),
    /** Earlier versions of the generator wrote this member instead of `tree`. */
    commit: text.optional(),
  }),
  families: z.array(text).min(1),
  scope: text,
  documents: z.array(z.strictObject({ service: text, file: text, sha256: text })).min(1),
  /** An upgrade that was merged but not finished. */
  pending: z
    .strictObject({ version: text, tree: text, migrations: z.array(text), conflicts: z.array(text) })
    .optional(),
});
export type Answers = z.infer<typeof schema>;

interface RootManifest {
  readonly version: string;
  readonly repository?: string | { readonly url: string };
}

export function writeAnswers(tree: Tree, { services, apps, scope }: Product): void {
  const { version, repository } = JSON.parse(tree.read('package.json', 'utf8') ?? '{}') as RootManifest;
  const template = execFileSync('git', ['rev-parse', 'HEAD:./'], { cwd: tree.root, encoding: 'utf8' });
  putAnswers(tree, {
    template: {
      version,
      tree: template.trim(),
      repository: typeof repository === 'string' ? repository : repository?.url,
    },
    families: apps.map((app) => app.replace(/-bff$/, '')),
    scope,
    documents: services.map(({ name, documentFile, sha256 }) => ({
      service: name,
      file: documentFile,
      sha256,
    })),
  });
}

export function putAnswers(tree: Pick<Tree, 'write'>, answers: Answers): void {
  tree.write(answersFile, `${JSON.stringify(answers, undefined, 2)}\n`);
}

/** Reads the answers. @throws {Error} when the file is missing or invalid */
export function readAnswers(tree: Pick<Tree, 'read'>): Answers {
  const written = tree.read(answersFile, 'utf8');
  if (written === null)
    throw new Error(
      `there is no ${answersFile}: this copy was not made by adopt; use git merge to upgrade it`,
    );
  let json: unknown;
  try {
    json = JSON.parse(written);
  } catch (error) {
    throw new Error(`${answersFile} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  const { data, error } = schema.safeParse(json);
  const [issue] = error?.issues ?? [];
  if (!data)
    throw new Error(
      `${answersFile} does not have the structure that adopt writes: ${issue?.path.join('.')}: ${issue?.message}`,
    );
  return data;
}
