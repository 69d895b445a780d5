import { defineShape, type JsonObject, type Shape } from '@bff/shaping';
import { type ResourceName } from './resource.ts';
import { type Version } from './versions.ts';
import { type View } from './view.ts';

/**
 * One version's shape of a view that the tenant's policy has been through.
 *
 * @param verify holds every answer to the schema of the contract: for tests and development, where a fault may cost the
 * answer
 */
export function shapeOf(version: Version, resource: ResourceName, verify: boolean): Shape<View> {
  const { schema, of } = version.resources[resource];
  return defineShape({
    name: `partner/${resource}/${version.name}`,
    nulls: 'keep',
    of: (view: View) => {
      const answer = of(view) as JsonObject;
      if (verify) verifyAnswer(answer);
      return answer;
    },
  });

  function verifyAnswer(answer: JsonObject): void {
    const issues = schema.safeParse(answer).error?.issues ?? [];
    const faults = issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
    if (faults.length > 0)
      throw new TypeError(`${version.name} ${resource} breaks its contract: ${faults.join('; ')}`);
  }
}
