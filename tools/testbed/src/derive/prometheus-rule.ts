export const alertsFile = 'docker/observability/prometheus/alerts.yml';
export const prometheusRuleFile = 'docker/kubernetes/monitoring/prometheus-rule.yaml';

const head = `# Written by \`nx sync\` from ${alertsFile}.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: bff
spec:
`;

/**
 * Returns the alerts as a resource of the Prometheus operator. @param alerts text of the Prometheus rule file
 */
export function prometheusRule(alerts: string): string {
  const groups = alerts
    .slice(alerts.search(/^groups:/m))
    .trimEnd()
    .split('\n');
  return `${head}${groups.map((line) => (line === '' ? line : `  ${line}`)).join('\n')}\n`;
}
