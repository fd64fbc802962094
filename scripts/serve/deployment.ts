import type { DeploymentKeys } from './secrets.ts';
import type { Settings } from './settings.ts';

/** What the Workers of a deployment find in their environment; the keys and some settings are secrets. */
export function deploymentVars(settings: Settings, keys: DeploymentKeys): Record<string, string> {
  return {
    DEPLOYMENT_KEY: keys.newest,
    DEPLOYMENT_KEYS_OLD: keys.old.join(','),
    PUBLIC_URL: settings.publicUrl ?? '',
    TRUSTED_PROXIES: settings.trustedProxies.join(','),
    ...settings.passed,
  };
}
