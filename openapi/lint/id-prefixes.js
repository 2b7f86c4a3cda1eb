// Prefixes of IDs by type of object. A type that ends with a slash covers all types that start with it, unless they are
// listed themselves.
const PREFIXES = {
  account: 'act',
  'account-action': 'accac',
  'account-status': 'actst',
  'account-type': 'acttp',
  'api-key': 'api',
  'api-log': 'req',
  // Those of previews are not known.
  'batch-job': 'btj',
  'batch-job-error': 'btje',
  case: 'case',
  'case-assignment-policy': 'cap',
  'case-comment': 'cscm',
  'case-queue': 'cqueue',
  'case-template': 'ctmpl',
  'connect/connection': 'cxn',
  'connect/share-token': 'cnst',
  device: 'dev',
  dismiss: 'ract',
  'document-file': 'docf',
  'document/': 'doc',
  environment: 'env',
  event: 'evt',
  'graph-query': 'grphq',
  'importer-pipeline': 'mprtp',
  'importer-pipeline-run': 'mprtpr',
  'importer/': 'mprt',
  inquiry: 'inq',
  'inquiry-session': 'iqse',
  'inquiry-template': 'itmpl',
  'inquiry-template-translations': 'itmplv',
  'inquiry-template-version': 'itmplv',
  'list-item/browser-fingerprint': 'libf',
  'list-item/country': 'lic',
  'list-item/device-fingerprint': 'libf',
  'list-item/email-address': 'liea',
  'list-item/field': 'liif',
  'list-item/geolocation': 'ligl',
  'list-item/government-id-number': 'ligin',
  'list-item/ip-address': 'liip',
  'list-item/name': 'lin',
  'list-item/phone-number': 'lipn',
  'list-item/string': 'lin',
  'list/': 'lst',
  network: 'net',
  organization: 'org',
  pause: 'ract',
  'report-template/': 'rptp',
  'report/': 'rep',
  resume: 'ract',
  review: 'ract',
  run: 'rpr',
  'selfie/': 'self',
  template: 'tmpl',
  'theme-set': 'theset',
  transaction: 'txn',
  'transaction-label': 'txnl',
  'transaction-type': 'txntp',
  user: 'user',
  'user-audit-log': 'ual',
  'user-session': 'uses',
  'verification-template-version/': 'vtmplv',
  'verification-template/': 'vtmpl',
  'verification/': 'ver',
  webhook: 'wbh',
  'webhook-event': 'wbhe',
  workflow: 'wfl',
  'workflow-run': 'wfr',
  'workflow-version': 'wfv',
};

// Words before the type of the object in a property name, as in auto-create-account-type-id.
const QUALIFIERS = /^(auto-create|destination|source)-/;

/** The ID prefix of a type of objects; undefined if it is not known. */
export function prefixOfType(type) {
  // Shared data has the type and the ID of its source object.
  const own = type.replace(/^connect\/source-data\/(txn$)?/, (_, txn) => (txn ? 'transaction' : ''));
  return PREFIXES[own] ?? PREFIXES[own.replace(/\/.*$/, '/')];
}

/** The allowed prefixes of an ID, by the name of its property or parameter; empty if the name does not identify a type. */
export function prefixesOfName(name) {
  if (!name.endsWith('-id')) return [];
  const kind = name.slice(0, -'-id'.length).replace(QUALIFIERS, '');
  return Object.entries(PREFIXES)
    .filter(([type]) => type === kind || type.startsWith(`${kind}/`) || type === `connect/${kind}`)
    .map(([, prefix]) => prefix);
}
