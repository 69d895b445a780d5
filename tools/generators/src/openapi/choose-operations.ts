import leven from 'leven';
import type { DescribedService, SkippedOperation } from './described-service.ts';
import { oneLine } from './document.ts';

/** Names of operations or tags from the command line, comma separated; undefined: no restriction. */
export interface Choice {
  readonly operations: string | undefined;
  readonly tags: string | undefined;
}

const listed = (given: string | undefined): readonly string[] | undefined =>
  given === undefined ? undefined : [...new Set(given.split(',').map((name) => name.trim()))].filter(Boolean);

/**
 * Returns the operations that the choice names or that have one of its tags, and those among them that are
 * skipped. Returns all operations without a choice.
 *
 * @throws {Error} when the document has no such name or tag, or no client can be generated for a named
 * operation
 */
export function chooseOperations(described: DescribedService, choice: Choice): DescribedService {
  const [names, tags] = [listed(choice.operations), listed(choice.tags)];
  if (!names && !tags) return described;
  const all = [...described.operations, ...described.skipped];
  checkKnown(
    'operation',
    names ?? [],
    all.map(({ name }) => name),
  );
  checkKnown(
    'tag',
    tags ?? [],
    all.flatMap((each) => each.tags),
  );
  const impossible = described.skipped.find(({ name }) => names?.includes(name));
  if (impossible) throw new Error(`${impossible.name} cannot be generated: ${impossible.reason}`);
  const isChosen = ({ name, tags: own }: Pick<SkippedOperation, 'name' | 'tags'>): boolean =>
    names?.includes(name) === true || own.some((tag) => tags?.includes(tag));
  return {
    ...described,
    operations: described.operations.filter(isChosen),
    skipped: described.skipped.filter(isChosen),
  };
}

function checkKnown(kind: string, given: readonly string[], known: readonly string[]): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = nearest(unknown, known).map(oneLine);
  throw new Error(
    `there is no ${kind} "${oneLine(unknown)}"${near.length > 0 ? `; similar names: ${near.join(', ')}` : ''}; --list names all`,
  );
}

/**
 * Returns at most five suggestions, nearest first: names that contain the given one, or differ in less than
 * half of its letters.
 */
function nearest(name: string, known: readonly string[]): readonly string[] {
  const wanted = name.toLowerCase();
  return [...new Set(known)]
    .filter((each) => each !== '')
    .map((each) => {
      const text = each.toLowerCase();
      return { each, distance: text.includes(wanted) ? 0 : leven(wanted, text, { maxDistance: 20 }) };
    })
    .filter(({ distance }) => distance <= wanted.length / 2)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 5)
    .map(({ each }) => each);
}
