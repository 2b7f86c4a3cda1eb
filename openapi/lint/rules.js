// Rules of this description that no ready-made linter knows. Each is a visitor of Redocly CLI.
import { basename } from 'node:path';
import { prefixOfType, prefixesOfName } from './id-prefixes.js';

const SHARED_ERRORS = ['400', '401', '403', '429'];
const ENVIRONMENT_HEADERS = ['Persona-Environment-Id', 'Persona-Organization-Id'];

/**
 * Texts that logs may show, because the API writes them or takes them from a set of its own: nobody can type one. Where
 * that is so in some schemas only, the name of the schema stands in front.
 */
const SAFE_TEXTS = new Set(
  `
  after alias-type api-key-inflection before capture-method certificate-type client_assertion_type code commenter-type
  country-code country-name creator-type device-handoff-method device-type direction dismiss-type documents-status environment
  event-type extraction-type failure-reason gps-precision grant-type grant_type granularity id-class
  identification-class ip-connection-type legal-entity-type legal-status level-of-assurance locale match-type method
  operation page preferred-theme-variant processing-mode redeem-mode response-country response-status response-type
  run-type scope selected-digital-id-type selfie-comparison-error-code slug source-key standardized sync-mode target
  tentative-sub-state threat-level tin-type title token type us-state-input-method version visibility
  AccountNotificationAttributes.name BusinessDataSource.name BusinessFiling.status BusinessWatchlistEntry.name
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
 * A mock server walks every place in which a schema is used. Webhooks are nothing to it, and what is included may be any
 * object anyhow, so leaving out both changes no check and lets the server start in seconds instead of minutes.
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
        schema.anyOf = schema.anyOf?.filter((member) => !/\/?Resource\.yaml$/.test(member.$ref));
      },
    },
  };
}

/**
 * The form is `tag.verb`, since the generator takes the interface from the tag and the method from the verb. Where the
 * vendor's tag makes no good name, x-api holds a better one.
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
        report({ message: "x-vendor-operation is missing: it lets one find the vendor's page.", location });
      }
    },
  };
}

/** Examples feed the mock server, and with it the contract tests. */
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
          if (isJson(key) && !hasExample(media)) report({ message: 'The answer has no example.', location });
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
          report({ message: `Response ${status} is missing; every operation can give it.`, location: location.child('responses') });
        }
      }
    },
  };
}

/** Every response to a valid key says which environment gave it; the one to an invalid key cannot. */
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

/** An identifier tells the type of its object, so those in examples begin as the API's do. */
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
            report({ message: `The id of "${value.type}" begins with "${prefix}_".`, location });
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
    report({ message: `"${name}" begins with "${[...new Set(prefixes)].join('_" or "')}_".`, location });
  }
}

/** What one value of a property makes necessary cannot be said in a schema that the generator takes. */
function simulatedActions() {
  return examples((example, { report }, at) => {
    walk(example, (value, path) => {
      const creates = /^create_(passed|failed)_verification$/.test(value.type);
      if (creates && typeof value.data?.['verification-template-id'] !== 'string') {
        report({ message: `${value.type} needs data.verification-template-id.`, location: at(path) });
      }
    });
  });
}

/** Visits the value of every example, with what finds the location of a place in it. */
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
 * A schema with properties, members of a union or shared parts becomes a class, and a class takes its name from a
 * file. Free-form objects, maps and nullable references may stand inline.
 */
function schemaNamed() {
  return {
    Schema(schema, { report, location }) {
      const pointer = location.pointer.replace(/^#\/?/, '');
      const file = basename(location.source.absoluteRef);
      const inSchemas = /\/components\/schemas\/[^/]+$/.test(location.source.absoluteRef);
      if (pointer === '' && inSchemas) {
        if (!/^[A-Z][A-Za-z0-9]*\.yaml$/.test(file)) {
          report({ message: `"${file}" is not a class name with .yaml.`, location });
        }
        return;
      }
      const composed = schema.oneOf || schema.anyOf || (schema.allOf && !isReference(schema));
      if (schema.properties || composed) {
        report({ message: 'An inline object schema: give it a file in components/schemas.', location });
      }
      if (typeof schema.additionalProperties === 'object' && schema.additionalProperties.properties) {
        report({ message: 'The values of a map are an inline object schema: give them a file.', location });
      }
    },
  };
}

function schemaDescription() {
  return {
    Schema(schema, { report, location }) {
      const pointer = location.pointer.replace(/^#\/?/, '');
      if (pointer === '' && /\/components\/schemas\//.test(location.source.absoluteRef) && !schema.description) {
        report({ message: 'A schema of its own needs a description.', location });
      }
    },
  };
}

/** The server adds values without notice, so an enum may only hold the one value that tells a type. */
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
 * `nullable` beside `allOf` does not reach into the referenced schema: were that to say `type: object`, null would
 * never validate. So a schema that is referenced this way leaves its type out, and so do the parts it is made of.
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
          report({ message: `Null never fits: leave out "type: object" in ${reference.$ref}.`, location });
        }
        for (const part of target.node.allOf ?? []) {
          pending.push({ reference: part, from: target.location.source.absoluteRef });
        }
      }
    },
  };
}

/** Only a relationship may be empty in several ways, which its accessor reads as none. */
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
 * A value that someone can type may be personal, whatever it is meant for. The mark is for identifiers, times, numbers,
 * booleans, constants, and texts of the API's own. Lists and objects are never shown, so a mark on one says nothing.
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
            SAFE_TEXTS.has(place) ||
            (!schema.format && SAFE_TEXTS.has(name))));
      if (schema['x-safe-to-log'] !== true || !safe) {
        report({
          message: `x-safe-to-log does not belong on ${place}: its value may be typed by someone.`,
          location: location.child('x-safe-to-log').key(),
        });
      }
    },
  };
}

function isNullableReference(schema) {
  return schema.nullable === true && isReference(schema);
}

/** A reference with something said beside it, which it may not have itself. */
function isReference(schema) {
  return schema.allOf?.length === 1 && schema.allOf[0].$ref && !schema.properties;
}

/** Events that the server sends are described as operations too, but nobody calls them. */
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
