// Writes the pages of the API reference from our description and the Java calls of the generator:
// a page a group of operations, one for the events of webhooks, and one that lists them, in target/reference.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { javadocOf } from './types.mjs';

const DOCS = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(DOCS);
export const REFERENCE = join(DOCS, 'target/reference');

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
/** Rows of a table that are shown at once; more are folded. */
const ROWS = 40;
/** Levels of attributes below those of the body. */
const DEPTH = 2;

/** The exception for each status, and what to do if the generator says nothing. */
const ERRORS = {
  400: ['BadRequestException', 'Correct the request; `errors()` says what is wrong.'],
  401: ['AuthenticationException', 'Check the key, and that it is of the right environment.'],
  403: ['PermissionDeniedException', 'Give the key the permission for this operation.'],
  404: ['NotFoundException', 'Check the ID, and that it is of the environment of the key.'],
  408: ['RequestTimeoutException', 'Read the object again before you send the request once more.'],
  409: ['ConflictException', 'Read the object again, then decide.'],
  422: ['UnprocessableEntityException', 'Correct the value that `errors()` names.'],
  429: ['RateLimitException', 'Wait for `retryAfter()`; the client has retried before.'],
};
const SERVER_ERROR = ['ServerException', 'Try again later; the client has retried what is safe to retry.'];

/** The description, with a method that follows references. */
export class Description {
  constructor(document) {
    this.document = document;
  }

  at(value) {
    if (!value?.$ref) return value;
    const found = value.$ref
      .slice(2)
      .split('/')
      .reduce((each, key) => each?.[key.replace(/~1/g, '/').replace(/~0/g, '~')], this.document);
    if (!found) throw new Error(`the description has no ${value.$ref}`);
    return this.at(found);
  }

  /** A schema with the properties of its allOf. */
  schema(value) {
    const schema = this.at(value);
    if (!schema?.allOf) return schema ?? {};
    const parts = schema.allOf.map((part) => this.schema(part));
    return {
      ...Object.assign({}, ...parts),
      ...schema,
      description: schema.description ?? parts.find((part) => part.description)?.description,
      properties: Object.assign({}, ...parts.map((part) => part.properties), schema.properties),
      required: [...parts.flatMap((part) => part.required ?? []), ...(schema.required ?? [])],
    };
  }

  operations() {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      METHODS.filter((method) => item[method]).map((method) => ({
        ...item[method],
        method,
        path,
        parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map((each) => this.at(each)),
      })),
    );
  }
}

/** The name of an operation's group in addresses: `inquirySessions` is `inquiry-sessions`. */
export function kebab(name) {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Text of the description in a Markdown page of Vue. */
export function escaped(text) {
  return (text ?? '')
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .split(/((?<!`)`[^`]+`(?!`))/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/</g, '&lt;').replace(/\{\{/g, '&#123;&#123;').replace(/([`*_[\]])/g, '\\$1'),
    )
    .join('');
}

function cell(text) {
  return escaped(text).replace(/\|/g, '\\|');
}

function first(examples) {
  return Object.values(examples ?? {})[0];
}

function typeOf(description, value) {
  const schema = description.schema(value);
  if (schema.type === 'array') return `array of ${typeOf(description, schema.items)}`;
  if (schema.format === 'binary') return 'file';
  return schema.format ?? schema.type ?? (schema.oneOf || schema.anyOf ? 'one of several' : 'any');
}

/** The values of an open set, if they are few enough to list. */
function known(schema) {
  const values = schema['x-known-values'] ?? schema.items?.['x-known-values'];
  if (!values || values.length > 12) return '';
  return `Known values: ${values.map((value) => `\`${value}\``).join(', ')}.`;
}

/** The rows of a schema's properties: name, type, whether it is required, text. Deeper ones follow with the path. */
export function rows(description, value, prefix = '', depth = DEPTH, mayBeRequired = true) {
  const schema = description.schema(value);
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const resolved = description.schema(property);
    const constant = resolved.enum?.length === 1;
    if (constant) return [];
    const path = prefix + name;
    const needed = mayBeRequired && required.has(name);
    const items = resolved.type === 'array' ? description.schema(resolved.items) : null;
    const below =
      depth > 0 && !resolved['x-fields']
        ? rows(description, items ?? resolved, `${path}${items ? '[]' : ''}.`, depth - 1, needed)
        : [];
    const envelope = below.length > 0 && (prefix + name === 'data' || prefix + name === 'data.attributes');
    const instead = resolved['x-deprecated-instead'];
    const row = {
      path,
      type: typeOf(description, resolved),
      required: needed,
      text: [
        cell(resolved.description),
        known(items ? { ...resolved, items } : resolved),
        resolved.deprecated ? `Deprecated. ${cell(instead)}` : '',
      ]
        .filter(Boolean)
        .join(' ')
        .trim(),
    };
    return envelope ? below : [row, ...below];
  });
}

/** The rows of the parameters that a caller sets; those of query objects are flat. */
function parameterRows(description, operation) {
  return operation.parameters
    .filter((parameter) => !parameter['x-managed'])
    .flatMap((parameter) => {
      const schema = description.schema(parameter.schema);
      if (parameter.style === 'deepObject' && Object.keys(schema.properties ?? {}).length > 0) {
        return rows(description, schema, '', 1).map((row) => ({
          ...row,
          path: `${parameter.name}${row.path
            .split('.')
            .map((part) => `[${part}]`)
            .join('')}`,
          in: 'query',
        }));
      }
      return [
        {
          path: parameter.name,
          type: typeOf(description, schema),
          required: parameter.required === true,
          text: `${cell(parameter.description)} ${known(schema)}`.trim(),
          in: parameter.in,
        },
      ];
    });
}

function body(description, operation) {
  const content = description.at(operation.requestBody)?.content ?? {};
  const [type, media] = Object.entries(content)[0] ?? [];
  if (!type) return null;
  const example = description.at(first(media.examples))?.value ?? media.example;
  return { type, schema: media.schema, example, required: description.at(operation.requestBody).required === true };
}

function table(title, found) {
  const sorted = [...found].sort((a, b) => Number(b.required) - Number(a.required));
  const lines = sorted.map(
    ({ path, type, required, text }) => `| \`${path}\`${required ? ' **required**' : ''} | ${type} | ${text} |`,
  );
  const written = `| ${title} | Type | |\n| --- | --- | --- |\n${lines.join('\n')}\n`;
  if (sorted.length <= ROWS) return written;
  return `::: details ${title}: ${sorted.length}\n${written}:::\n`;
}

function fence(language, text) {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
}

/** The example of a parameter, in an address. */
function pathOf(operation) {
  return operation.path.replace(/\{(.+?)\}/g, (_, name) => {
    const parameter = operation.parameters.find((each) => each.name === name);
    return parameter?.example === undefined ? `{${name}}` : encodeURIComponent(parameter.example);
  });
}

/** The request of the example as a call of curl: what the Java example sends, if there is one. */
export function curl(description, operation, java) {
  const server = description.document.servers[0].url;
  const base = operation['x-base-path'] ? new URL(operation['x-base-path'], server).href : server;
  const required = operation.parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map((parameter) => [parameter.name, parameter.example ?? '...']);
  const query = new URLSearchParams(java?.query ?? required).toString().replaceAll('%5B', '[').replaceAll('%5D', ']').replaceAll('%2C', ',');
  const address = `${base}${pathOf(operation)}`;
  // Without -g, brackets are a pattern of curl.
  const quoted = query ? `-g "${address}?${query}"` : address;
  const option = operation.method === 'get' ? '' : `-X ${operation.method.toUpperCase()} `;
  const headers = [
    operation['x-authorization'] ? 'Authorization: PrivateToken token=...' : 'Authorization: Bearer $PERSONA_API_KEY',
  ];
  for (const parameter of operation.parameters.filter((each) => each.in === 'header')) {
    if (parameter.name === 'Idempotency-Key') {
      if (operation.method === 'post') headers.push('Idempotency-Key: $(uuidgen)');
    } else if (parameter.example) {
      headers.push(`${parameter.name}: ${inQuotes(String(parameter.example))}`);
    }
  }
  let request = body(description, operation);
  if (request && java) {
    if (java.body !== undefined) request = { ...request, example: java.body };
    else if (!request.required) request = null;
  }
  const lines = [`curl ${option}${quoted}`];
  if (request?.type === 'application/json') headers.push('Content-Type: application/json');
  lines.push(...headers.map((header) => `-H "${header}"`));
  if (request?.example !== undefined) {
    if (request.type === 'application/json') {
      lines.push(`-d '${JSON.stringify(request.example, null, 2).replace(/'/g, "'\\''")}'`);
    } else {
      const flag = request.type === 'multipart/form-data' ? '-F' : '--data-urlencode';
      const isFile = new Set((operation['x-form'] ?? []).filter((part) => part.file).map((part) => part.name));
      for (const [name, value] of Object.entries(request.example)) {
        lines.push(`${flag} "${name}=${isFile.has(name) ? '@' : ''}${inQuotes(formValue(value))}"`);
      }
    }
  } else if (request && request.type !== 'application/json') {
    const flag = request.type === 'multipart/form-data' ? '-F' : '--data-urlencode';
    for (const part of operation['x-form'] ?? []) {
      if (part.required) lines.push(`${flag} "${part.name}=${part.file ? '@file.csv' : '...'}"`);
    }
  }
  return lines.join(' \\\n  ');
}

/** Text within double quotes of a shell. */
function inQuotes(text) {
  return text.replace(/["\\$`]/g, '\\$&');
}

function formValue(value) {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function retry(operation, java) {
  if (java?.retry) return java.retry;
  if (operation['x-idempotent']) {
    return 'Idempotent by its key: the API executes requests with the same `Idempotency-Key` and the same body once, and every retry sends the same key.';
  }
  if (operation.method === 'get') return 'Idempotent, since it changes nothing.';
  return operation.method === 'post'
    ? 'Not idempotent: a retry may execute it again.'
    : 'Idempotent: a retry leads to the same state.';
}

function sentence(text) {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`;
}

function errorTable(description, operation, java) {
  const lines = Object.entries(operation.responses)
    .filter(([status]) => !/^2/.test(status))
    .map(([status, response]) => {
      const [exception, todo] = ERRORS[status] ?? (/^5/.test(status) ? SERVER_ERROR : ['PersonaApiException', 'See `errors()`.']);
      const advice = java?.errors?.[status];
      return `| ${status} | \`${exception}\` | ${cell(description.at(response).description)} | ${cell(advice ? sentence(advice) : todo)} |`;
    });
  const statuses = Object.keys(operation.responses).filter((status) => !/^2/.test(status));
  if (lines.length === 0) return '';
  return `::: details Errors: ${statuses.join(', ')}\n| Status | Exception | When | What to do |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n:::\n`;
}

/** The anchor of an event on its page. */
export function eventAnchor(name) {
  return name.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

/** The Markdown of an operation. */
export function operationPage(description, operation, java, types, events) {
  const [accessor, name] = operation.operationId.split('.');
  const path = `${operation['x-base-path'] ?? ''}${operation.path}`;
  const call = `${accessor}().${name}`;
  const parts = [`## ${escaped(operation.summary)} {#${kebab(name)}}\n`];
  parts.push(
    `<span class="method ${operation.method}">${operation.method.toUpperCase()}</span> \`${path}\` <span class="java-name">\`${call}\`</span>\n`,
  );
  parts.push(`${escaped(operation.description)}\n`);
  if (java?.preview ?? operation['x-stability'] === 'preview') {
    parts.push('**Preview**: the shape of this operation is not certain yet.\n');
  }
  if (operation['x-sandbox-only'] && !operation['x-sandbox']) parts.push('**Sandbox only**: it fails in production.\n');
  if (operation['x-long-running']) {
    parts.push('It continues in the background: [wait for its end](../guides/waiting.md).\n');
  }
  const example = java?.example;
  const http = fence('sh', curl(description, operation, java));
  parts.push(
    example
      ? `<div class="calls">\n<div>\n\n${fence('java', example)}\n</div>\n<div>\n\n${http}\n</div>\n</div>\n`
      : `${http}`,
  );

  const parameters = parameterRows(description, operation);
  if (parameters.length > 0) parts.push(table('Parameters', parameters));
  const request = body(description, operation);
  if (request) {
    const form = operation['x-form']?.map((part) => ({
      path: part.name,
      type: part.file ? 'file' : 'string',
      required: part.required === true,
      text: cell(part.description),
    }));
    const found =
      form && request.type !== 'application/json'
        ? form
        : rows(description, request.schema, '', DEPTH + 1, request.required).map((row) => ({
            ...row,
            path: row.path.replace(/^data\.attributes\./, '').replace(/^data\./, 'data.'),
          }));
    if (found.length > 0) parts.push(table(request.type === 'application/json' ? 'Attributes' : 'Parts of the form', found));
  }
  const search = operation['x-search'];
  if (search) {
    const lines = search.map(
      (each) => `| \`${each.name}\` | ${cell(each.type)} | ${each.operators.map((op) => `\`${op}\``).join(', ')} | ${cell(each.description)} |`,
    );
    parts.push(
      `::: details Attributes to search by: ${lines.length}\n| Attribute | Type | Operators | |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n:::\n`,
    );
  }

  const [status, success] = Object.entries(operation.responses).find(([each]) => /^2/.test(each)) ?? [];
  if (success) {
    const response = description.at(success);
    const [type, media] = Object.entries(response.content ?? {})[0] ?? [];
    const value = media && (description.at(first(media.examples))?.value ?? media.example);
    const text = sentence(escaped(response.description));
    if (value !== undefined && type === 'application/json') {
      parts.push(`::: details Response ${status}\n${text}\n\n${fence('txt', JSON.stringify(value, null, 2))}:::\n`);
    } else {
      parts.push(`**Response ${status}**${type ? ` (\`${type}\`)` : ''}: ${text}\n`);
    }
  }
  parts.push(errorTable(description, operation, java));

  const facts = [`**Retries**: ${escaped(retry(operation, java))}`];
  const following = operation['x-events'] ?? java?.events ?? [];
  if (following.length > 0) {
    const links = following.map((event) =>
      events.has(event) ? `[\`${event}\`](event-names.md#${eventAnchor(event)})` : `\`${event}\``,
    );
    facts.push(`**Events that follow**: ${links.join(', ')}`);
  }
  const sandbox = operation['x-sandbox'] || java?.sandbox;
  if (sandbox) facts.push(`**Sandbox**: ${escaped(sandbox)}`);
  const type = java && types.get(java.class.split('.').pop());
  if (type) facts.push(`**Javadoc**: [\`${call}\`](${type}${java.anchor ? `#${encodeURI(java.anchor)}` : ''})`);
  parts.push(`${facts.map((fact) => `- ${fact}`).join('\n')}\n`);
  if (java?.methods?.length > 0) {
    const imports = (java.imports ?? []).map((each) => `import ${each};`);
    const code = [...imports, ...(imports.length > 0 ? [''] : []), ...java.methods.map((each) => `${each};`)].join('\n');
    parts.push(`::: details ${imports.length > 0 ? 'Imports and all' : 'All'} forms in Java: ${java.methods.length}\n${fence('java', code)}:::\n`);
  }
  return parts.filter((part) => part !== '').join('\n');
}

/** The groups of operations in order of their names. */
export function groups(description) {
  const tags = new Map((description.document.tags ?? []).map((tag) => [tag.name, tag]));
  const found = new Map();
  for (const operation of description.operations()) {
    const accessor = operation.operationId.split('.')[0];
    if (!found.has(accessor)) found.set(accessor, { accessor, slug: kebab(accessor), operations: [], tags: [] });
    const group = found.get(accessor);
    group.operations.push(operation);
    if (!group.tags.includes(operation.tags[0])) group.tags.push(operation.tags[0]);
  }
  for (const group of found.values()) {
    // The tag with the name of the group is the one that describes it.
    const spelled = group.slug.replace(/-/g, ' ');
    const tag = group.tags.find((name) => name.toLowerCase() === spelled) ?? group.tags[0];
    group.title = tag;
    group.text = tags.get(tag)?.description ?? '';
  }
  return [...found.values()].sort((a, b) => a.title.localeCompare(b.title, 'en'));
}

function groupPage(description, group, java, types, events) {
  const lines = group.operations.map(
    (operation) =>
      `| [${cell(operation.summary)}](#${kebab(operation.operationId.split('.')[1])}) | <span class="method ${operation.method}">${operation.method.toUpperCase()}</span> \`${operation['x-base-path'] ?? ''}${operation.path}\` | \`${operation.operationId.split('.')[1]}\` |`,
  );
  const type = types.get(java[group.operations[0].operationId]?.class?.split('.').pop());
  const link = type ? `[\`client.${group.accessor}()\`](${type})` : `\`client.${group.accessor}()\``;
  return [
    `---\npageClass: reference\naside: false\n---\n`,
    `# ${escaped(group.title)}\n`,
    `${escaped(group.text)} In Java: ${link}.\n`,
    `| Operation | HTTP | Java |\n| --- | --- | --- |\n${lines.join('\n')}\n`,
    ...group.operations.map((operation) => operationPage(description, operation, java[operation.operationId], types, events)),
  ].join('\n');
}

/** The events of webhooks: name, meaning, schema of the delivery. */
export function webhookEvents(description) {
  const names = new Map(
    (description.document.components.schemas.EventName?.['x-constants'] ?? []).map(({ name, value }) => [value, name]),
  );
  return Object.entries(description.document['x-webhooks'] ?? {}).map(([name, { post }]) => {
    const schema = Object.values(description.at(post.requestBody).content)[0].schema.$ref ?? '';
    return {
      name,
      text: post.summary,
      preview: post['x-stability'] === 'preview',
      constant: names.get(name),
      resource: schema.split('/').pop().replace(/Notification$/, ''),
    };
  });
}

/** The title of an object in an event's name: `report/address-lookup.ready` is one of a report. */
function objectOf(event) {
  const object = event.name.split('.')[0].split('/')[0].replace(/-/g, ' ');
  return object.charAt(0).toUpperCase() + object.slice(1);
}

function eventsPage(events, operations, types) {
  const causes = new Map();
  for (const operation of operations) {
    for (const name of operation['x-events'] ?? []) {
      if (!causes.has(name)) causes.set(name, []);
      causes.get(name).push(operation);
    }
  }
  const objects = new Map();
  for (const event of events) {
    const object = objectOf(event);
    if (!objects.has(object)) objects.set(object, []);
    objects.get(object).push(event);
  }
  const sections = [...objects].map(([object, found]) => {
    const lines = found.map((event) => {
      const resource = types.get(event.resource);
      const shown = resource ? `[\`${event.resource}\`](${resource})` : '`Resource`';
      const follows = (causes.get(event.name) ?? [])
        .map((each) => {
          const [accessor, name] = each.operationId.split('.');
          return `[\`${each.operationId}\`](${kebab(accessor)}.md#${kebab(name)})`;
        })
        .join(', ');
      return `| <a id="${eventAnchor(event.name)}"></a>\`${event.name}\` | ${cell(event.text)}${event.preview ? ' (preview)' : ''} | ${shown} | ${follows} |`;
    });
    return `## ${object} events\n\n| Event | When | Resource | After |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n`;
  });
  const example = events.find((event) => event.name === 'inquiry.approved') ?? events[0];
  return [
    '---\npageClass: reference\n---\n',
    '# Names of webhook events\n',
    `The API sends these ${events.length} events to [webhooks](../guides/webhooks.md). Each has a constant of \`EventName\`, such as ` +
      `\`${example.constant}\` for \`${example.name}\`, and its payload is the resource as it was at the time of the event. An event may be delivered ` +
      'more than once and out of order. New names may appear at any time: `EventName` keeps them.\n',
    ...sections,
  ].join('\n');
}

function indexPage(found, total, events) {
  const lines = found.map(
    (group) => `| [${group.title}](${group.slug}.md) | ${cell(group.text)} | \`${group.accessor}()\` | ${group.operations.length} |`,
  );
  return [
    '---\npageClass: reference\naside: false\n---\n',
    '# API reference\n',
    `All ${total} operations, each with its Java call beside the HTTP request, and ${events.length} [webhook events](event-names.md). ` +
      'In the examples, `persona` is a [`PersonaClient`](../guides/quickstart.md). Every operation also returns a `CompletableFuture` with ' +
      '`persona.async()`, and its status and headers with `persona.raw()`: see [Asynchronous and raw calls](../guides/async-and-raw.md). ' +
      'Every one may also fail with `PersonaConnectionException` if no response arrives, and with ' +
      '`MalformedResponseException` if the response cannot be decoded: see [Errors](../guides/errors.md).\n',
    `| Group | | Java | Operations |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n`,
  ].join('\n');
}

/** Writes the pages, and their list for the sidebar. */
export function writeReference() {
  const description = new Description(JSON.parse(readFileSync(join(ROOT, 'openapi/target/openapi.json'), 'utf8')));
  const calls = join(ROOT, 'extensions/target/site/operations.json');
  if (!existsSync(calls)) throw new Error(`the build of extensions has not written ${calls}`);
  const java = JSON.parse(readFileSync(calls, 'utf8'));
  const types = javadocOf(ROOT);
  const events = webhookEvents(description);
  const names = new Set(events.map((event) => event.name));
  const found = groups(description);
  rmSync(REFERENCE, { recursive: true, force: true });
  mkdirSync(REFERENCE, { recursive: true });
  // No page replaces another one.
  const write = (name, text) => writeFileSync(join(REFERENCE, name), text, { flag: 'wx' });
  const missing = description.operations().filter((operation) => !java[operation.operationId]);
  if (missing.length > 0) {
    throw new Error(`operations.json has no ${missing.map((operation) => operation.operationId).join(', ')}`);
  }
  for (const group of found) write(`${group.slug}.md`, groupPage(description, group, java, types, names));
  write('event-names.md', eventsPage(events, description.operations(), types));
  write('index.md', indexPage(found, description.operations().length, events));
  const list = found.map(({ title, slug, text, operations }) => ({
    title,
    slug,
    text: text.trim(),
    operations: operations.map((each) => ({ title: each.summary, anchor: kebab(each.operationId.split('.')[1]) })),
  }));
  write('groups.json', `${JSON.stringify(list, null, 1)}\n`);
  return { groups: found.length, operations: description.operations().length, events: events.length };
}
