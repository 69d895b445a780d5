import { useEffect, useState } from 'preact/hooks';
import { conditionOf, conditions, serviceNames, setCondition, type Condition } from '../api/services.ts';

type Conditions = Partial<Record<string, Condition>>;

/**
 * Shows a control for each service that injects or clears a fault. For this the browser calls the services
 * directly; the BFF is not involved.
 */
export function FaultsPanel({ onChange }: { readonly onChange: () => void }) {
  const [now, setNow] = useState<Conditions>({});
  const [trouble, setTrouble] = useState('');
  useEffect(() => {
    for (const name of serviceNames)
      conditionOf(name).then(
        (condition) => setNow((all) => ({ ...all, [name]: condition })),
        () => setTrouble('Not every service can be reached from this browser.'),
      );
  }, []);

  async function change(name: string, condition: Condition) {
    setNow({ ...now, [name]: condition });
    try {
      await setCondition(name, condition);
      setTrouble('');
      onChange();
    } catch {
      setTrouble(`${name}-service cannot be reached from this browser.`);
    }
  }

  return (
    <section class="card" aria-labelledby="faults">
      <h2 id="faults">Break a service</h2>
      {serviceNames.map((name) => (
        <fieldset key={name} class="switch">
          <legend>{name}-service</legend>
          {conditions.map((condition) => (
            <label key={condition}>
              <input
                type="radio"
                name={name}
                value={condition}
                checked={now[name] === condition}
                onChange={() => void change(name, condition)}
              />
              <span>{condition}</span>
            </label>
          ))}
        </fieldset>
      ))}
      <p role="status" class="trouble">
        {trouble}
      </p>
    </section>
  );
}
