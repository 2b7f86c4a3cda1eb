// Rules for this description that no existing linter provides. Each rule is a visitor of Redocly CLI.
import { basename } from 'node:path';
import { prefixOfType, prefixesOfName } from './id-prefixes.js';

const SHARED_ERRORS = ['400', '401', '403', '429'];
const ENVIRONMENT_HEADERS = ['Persona-Environment-Id', 'Persona-Organization-Id'];

/**
 * String attributes whose values are safe to log, because they are written by the API or come from a fixed set and cannot
 * be entered by a person. Where that holds only in some schemas, the name is preceded by the name of the schema.
 */
const SAFE_STRINGS = new Set(
  `
  after alias-type api-key-inflection before capture-method certificate-type client_assertion_type code commenter-type
  country-code country-name creator-type device-handoff-method device-type direction dismiss-type documents-status environment
  event-type extraction-type failure-reason gps-precision grant-type grant_type granularity id-class
  identification-class ip-connection-type legal-entity-type legal-status level-of-assurance locale match-type method
  operation page preferred-theme-variant processing-mode redeem-mode response-country response-status response-type
  run-type scope selected-digital-id-type selfie-comparison-error-code slug source-key standardized sync-mode target
  tentative-sub-state threat-level tin-type title token type us-state-input-method version visibility
  AccountNotificationAttributes.name BatchJobAttributes.status BatchJobNotificationAttributes.name
  BusinessDataSource.name BusinessFiling.status BusinessWatchlistEntry.name
  CaseNotificationAttributes.name ConnectionAttributes.status CryptoWatchlistMatch.name
  DocumentNotificationAttributes.name EventAttributes.name GraphQueryNotificationAttributes.name
  ImporterPipelineAttributes.status ImporterPipelineRunAttributes.status
  ImporterPipelineRunNotificationAttributes.name InquiryNotificationAttributes.name
  InquirySessionNotificationAttributes.name InquirySignal.name ItemListAttributes.status PepSource.name
  ReportHistoryEntry.scheduled-date ReportNotificationAttributes.name SelfieNotificationAttributes.name
  SentilinkScore.name SentilinkScoresResult.status ShareTokenAttributes.status ThemeSetAttributes.status
  TransactionNotificationAttributes.name TransactionTypeNotificationAttributes.name VerificationCheck.name
  VerificationNotificationAttributes.name WatchlistMatch.name WebhookAttributes.status WorkflowRunAttributes.status
  WorkflowRunNotificationAttributes.name
  `
    .trim()
    .split(/\s+/),
);

export default function rules() {
  return {
    id: 'persona',
    rules: {
      oas3: {
        'operation-name': operationName,
        'operation-examples': operationExamples,
        'operation-errors': operationErrors,
        'operation-preview': operationPreview,
        'operation-events': operationEvents,
        'operation-sandbox': operationSandbox,
        'response-headers': responseHeaders,
        'example-ids': exampleIds,
        'simulated-actions': simulatedActions,
        'schema-named': schemaNamed,
        'schema-description': schemaDescription,
        'open-values': openValues,
        'nullable-reference': nullableReference,
        'relationship-data': relationshipData,
        'safe-to-log': safeToLog,
      },
    },
    preprocessors: { oas3: { 'light-for-mock': lightForMock } },
  };
}

/**
 * A mock server visits every use of a schema. It does not use webhooks, and an included resource may be any object, so
 * removing both changes no check and reduces the start of the server from minutes to seconds.
 */
function lightForMock() {
  return {
    Root: {
      enter(root) {
        delete root['x-webhooks'];
      },
    },
    Schema: {
      enter(schema, { location }) {
        if (!/\/IncludedResource\.yaml$/.test(location.source.absoluteRef)) return;
        schema.anyOf = schema.anyOf?.filter((member) => /ResourceIdentifier\.yaml$/.test(member.$ref));
      },
    },
  };
}

/**
 * An operation ID has the form `tag.verb`, because the generator names the interface after the tag and the method after
 * the verb. If the vendor's tag is not a good name, `x-api` contains a better one.
 */
function operationName() {
  return {
    Operation(operation, { report, location }) {
      if (isWebhook(location)) return;
      const tag = camel(operation['x-api'] ?? operation.tags?.[0] ?? '');
      const [prefix, verb, ...rest] = (operation.operationId ?? '').split('.');
      if (prefix !== tag || !/^[a-z][A-Za-z0-9]*$/.test(verb ?? '') || rest.length > 0) {
        report({
          message: `operationId "${operation.operationId}" is not "${tag}." and a verb in camel case.`,
          location: location.child('operationId'),
        });
      }
      if (!operation['x-vendor-operation']) {
        report({ message: "x-vendor-operation is missing: it identifies the vendor's reference page.", location });
      }
    },
  };
}

/** Examples are used by the mock server, and therefore by the contract tests. */
function operationExamples() {
  return {
    Operation: {
      RequestBody: {
        MediaType(media, { report, location, key }) {
          if (isJson(key) && !hasExample(media)) report({ message: 'The request has no example.', location });
        },
      },
      Response: {
        MediaType(media, { report, location, key }) {
          if (isJson(key) && !hasExample(media)) report({ message: 'The response has no example.', location });
        },
      },
    },
  };
}

function operationErrors() {
  return {
    Operation(operation, { report, location }) {
      if (isWebhook(location)) return;
      for (const status of SHARED_ERRORS) {
        if (!operation.responses?.[status]) {
          report({ message: `Response ${status} is missing; every operation can return it.`, location: location.child('responses') });
        }
      }
    },
  };
}

/** Who reads the description of a preview learns that it may change. */
function operationPreview() {
  return {
    Operation(operation, { report, location }) {
      const stability = operation['x-stability'];
      if (stability !== undefined && stability !== 'preview') {
        report({ message: 'x-stability is absent or preview.', location: location.child('x-stability') });
      }
      if ((stability === 'preview') !== /^Preview: /m.test(operation.description ?? '')) {
        report({ message: 'A preview, and nothing else, has a paragraph that starts with "Preview:".', location });
      }
    },
  };
}

/** An operation that changes nothing causes no event, and each event has one of the known names. */
function operationEvents() {
  const known = new Set();
  const listed = [];
  return {
    Root: {
      leave(_, { report }) {
        for (const { name, location } of listed) {
          if (!known.has(name)) report({ message: `EventName does not have the event "${name}".`, location });
        }
      },
    },
    Operation(operation, { report, location, key }) {
      const events = operation['x-events'];
      if (events === undefined) return;
      const place = location.child('x-events');
      if (key === 'get') {
        report({ message: 'A GET causes no event: remove x-events.', location: place });
      }
      if (!Array.isArray(events) || events.length === 0 || new Set(events).size !== events.length) {
        report({ message: 'x-events is a list of different names, or absent.', location: place });
        return;
      }
      events.forEach((name, index) => listed.push({ name, location: place.child(index) }));
    },
    Schema(schema, { location }) {
      if (/\/schemas\/EventName\.yaml$/.test(location.source.absoluteRef)) {
        schema['x-known-values']?.forEach((name) => known.add(name));
      }
    },
  };
}

/** What differs in the sandbox is shown in one line. */
function operationSandbox() {
  return {
    Operation(operation, { report, location }) {
      const text = operation['x-sandbox'];
      if (text === undefined) return;
      const place = location.child('x-sandbox');
      if (typeof text !== 'string' || text.length > 200 || !/^[A-Z`][^\n]*\.$/.test(text) || /\.\s/.test(text)) {
        report({ message: 'x-sandbox is one sentence of at most 200 characters.', location: place });
      }
      if (operation['x-sandbox-only'] && !/only/.test(text)) {
        report({ message: 'x-sandbox must say that the operation works in the sandbox only.', location: place });
      }
    },
  };
}

/** Every response to a valid key names its environment. The response to an invalid key cannot. */
function responseHeaders() {
  return {
    Response(response, { report, location, key }) {
      if (isUnauthorized(key, location) || !response.headers?.['Request-Id']) return;
      for (const name of ENVIRONMENT_HEADERS) {
        if (!response.headers[name]) {
          report({ message: `Header ${name} is missing.`, location: location.child('headers') });
        }
      }
    },
  };
}

function isUnauthorized(status, location) {
  return String(status) === '401' || /\/Unauthorized\.yaml$/.test(location.source.absoluteRef);
}

/** IDs start with a prefix for the type of the object, so IDs in examples start with the same prefixes as those of the API. */
function exampleIds() {
  return {
    ...examples((example, { report }, at) => {
      walk(example, (value, path) => {
        if (typeof value.type === 'string' && typeof value.id === 'string') {
          const prefix = prefixOfType(value.type);
          const location = at([...path, 'id']);
          if (!prefix) {
            report({ message: `No prefix is known for "${value.type}": add it to lint/id-prefixes.js.`, location });
          } else if (!value.id.startsWith(`${prefix}_`)) {
            report({ message: `The ID of "${value.type}" must start with "${prefix}_".`, location });
          }
        }
        for (const [name, id] of Object.entries(value)) {
          checkName(name.replaceAll('_', '-'), id, report, at([...path, name]));
        }
      });
    }),
    Parameter(parameter, { report, location }) {
      checkName(parameter.name, parameter.example, report, location.child('example'));
    },
  };
}

function checkName(name, id, report, location) {
  const prefixes = prefixesOfName(name);
  if (typeof id === 'string' && prefixes.length > 0 && !prefixes.some((prefix) => id.startsWith(`${prefix}_`))) {
    report({ message: `"${name}" must start with "${[...new Set(prefixes)].join('_" or "')}_".`, location });
  }
}

/** The generator does not support schemas in which the value of one property makes another property required. */
function simulatedActions() {
  return examples((example, { report }, at) => {
    walk(example, (value, path) => {
      const creates = /^create_(passed|failed)_verification$/.test(value.type);
      if (creates && typeof value.data?.['verification-template-id'] !== 'string') {
        report({ message: `${value.type} requires data.verification-template-id.`, location: at(path) });
      }
    });
  });
}

/** Visits the value of every example, with a function that returns the location of a path in it. */
function examples(visit) {
  return {
    Example(example, context) {
      visit(example.value, context, (path) => context.location.child(['value', ...path]));
    },
    MediaType(media, context) {
      visit(media.example, context, (path) => context.location.child(['example', ...path]));
    },
  };
}

/** Visits every object in a value. */
function walk(value, visit, path = []) {
  if (value === null || typeof value !== 'object') return;
  if (!Array.isArray(value)) visit(value, path);
  for (const [key, child] of Object.entries(value)) walk(child, visit, [...path, key]);
}

/**
 * A schema with properties, union members or shared parts becomes a class, and a class is named after its file. Free-form
 * objects, maps and nullable references may be inline.
 */
function schemaNamed() {
  return {
    Schema(schema, { report, location }) {
      const pointer = location.pointer.replace(/^#\/?/, '');
      const file = basename(location.source.absoluteRef);
      const inSchemas = /\/components\/schemas\/[^/]+$/.test(location.source.absoluteRef);
      if (pointer === '' && inSchemas) {
        if (!/^[A-Z][A-Za-z0-9]*\.yaml$/.test(file)) {
          report({ message: `"${file}" is not a class name followed by .yaml.`, location });
        }
        return;
      }
      const composed = schema.oneOf || schema.anyOf || (schema.allOf && !isReference(schema));
      if (schema.properties || composed) {
        report({ message: 'An inline object schema: move it to a file in components/schemas.', location });
      }
      if (typeof schema.additionalProperties === 'object' && schema.additionalProperties.properties) {
        report({ message: 'The values of a map have an inline object schema: move it to a file.', location });
      }
    },
  };
}

function schemaDescription() {
  return {
    Schema(schema, { report, location }) {
      const pointer = location.pointer.replace(/^#\/?/, '');
      if (pointer === '' && /\/components\/schemas\//.test(location.source.absoluteRef) && !schema.description) {
        report({ message: 'A schema in a file needs a description.', location });
      }
    },
  };
}

/** The server adds values without notice, so an enum may only contain the single value that identifies a type. */
function openValues() {
  return {
    Schema(schema, { report, location }) {
      if (schema.enum && schema.enum.length !== 1) {
        report({ message: 'Values are open: list them under x-known-values, not as an enum.', location: location.child('enum') });
      }
    },
  };
}

/**
 * `nullable` next to `allOf` does not apply to the referenced schema: if that schema had `type: object`, null would never
 * be valid. Therefore a schema that is referenced in this way has no type, and neither do the schemas in its `allOf`.
 */
function nullableReference() {
  return {
    Schema(schema, { report, location, resolve }) {
      if (!isNullableReference(schema)) return;
      const pending = [{ reference: schema.allOf[0], from: location.source.absoluteRef }];
      while (pending.length > 0) {
        const { reference, from } = pending.pop();
        const target = resolve(reference, from);
        if (!target.node) continue;
        if (target.node.type === 'object') {
          report({ message: `Null is never valid: remove "type: object" from ${reference.$ref}.`, location });
        }
        for (const part of target.node.allOf ?? []) {
          pending.push({ reference: part, from: target.location.source.absoluteRef });
        }
      }
    },
  };
}

/** Only a relationship has several empty forms, all of which its accessor reads as no relationship. */
function relationshipData() {
  return {
    Schema(schema, { report, location }) {
      const pointer = location.pointer.replace(/^#\/?/, '');
      if (pointer !== '' || !/\/components\/schemas\//.test(location.source.absoluteRef)) return;
      const named = /Relationship\.yaml$/.test(location.source.absoluteRef);
      const marked = Object.entries(schema.properties ?? {}).filter(([, property]) => property['x-relationship']);
      if (named ? marked[0]?.[0] !== 'data' : marked.length > 0) {
        report({ message: 'x-relationship marks "data" of every schema named ...Relationship, and nothing else.', location });
      }
      if (named && schema.required?.includes('data')) {
        report({ message: 'The data of a relationship may be absent.', location: location.child('required') });
      }
    },
  };
}

/**
 * A value that a person can enter may be personal data, whatever its purpose. `x-safe-to-log` is for IDs, timestamps,
 * numbers, booleans, constants, and strings written by the API. Lists and objects are never logged, so it has no effect there.
 */
function safeToLog() {
  return {
    Schema(schema, { report, location }) {
      if (schema['x-safe-to-log'] === undefined) return;
      const name = location.pointer.split('/').pop();
      const place = `${basename(location.source.absoluteRef, '.yaml')}.${name}`;
      const safe =
        ['boolean', 'integer', 'number'].includes(schema.type) ||
        (schema.type === 'string' &&
          (schema.format === 'date-time' ||
            schema.enum?.length === 1 ||
            /^(.*-)?id$/.test(name) ||
            SAFE_STRINGS.has(place) ||
            (!schema.format && SAFE_STRINGS.has(name)))) ||
        (isReference(schema) && SAFE_STRINGS.has(place));
      if (schema['x-safe-to-log'] !== true || !safe) {
        report({
          message: `x-safe-to-log is not allowed on ${place}: a person may enter its value.`,
          location: location.child('x-safe-to-log').key(),
        });
      }
    },
  };
}

function isNullableReference(schema) {
  return schema.nullable === true && isReference(schema);
}

/** A reference with additional keywords, which are not allowed next to `$ref`. */
function isReference(schema) {
  return schema.allOf?.length === 1 && schema.allOf[0].$ref && !schema.properties;
}

/** Webhook events are described as operations too, but clients do not call them. */
function isWebhook(location) {
  return /\/webhooks\//.test(location.source.absoluteRef);
}

function hasExample(media) {
  return media.example !== undefined || Object.keys(media.examples ?? {}).length > 0;
}

function isJson(type) {
  return /^application\/(.*\+)?json$/.test(String(type));
}

function camel(tag) {
  return tag
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .map((word, index) => {
      const tail = word === word.toUpperCase() ? word.slice(1).toLowerCase() : word.slice(1);
      return (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + tail;
    })
    .join('');
}
