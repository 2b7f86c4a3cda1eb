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
/** Objects of a body that have tables of their own. */
const ROOTS = ['data.attributes', 'data', 'meta'];
/** Values of a set that are shown at once. */
const VALUES = 12;
/** Levels of attributes below those of the body. */
const DEPTH = 2;

/** The exception for each status. */
const EXCEPTIONS = {
  400: 'BadRequestException',
  401: 'AuthenticationException',
  403: 'PermissionDeniedException',
  404: 'NotFoundException',
  408: 'RequestTimeoutException',
  409: 'ConflictException',
  422: 'UnprocessableEntityException',
  429: 'RateLimitException',
};
const PREVIEW =
  'The API does not document this path in this version. It may answer with status 404, and what it accepts and returns may change.';

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

/** The values of a schema that has a set of them, and whether others may come. */
function valuesOf(schema) {
  const closed = schema.enum ?? schema.items?.enum;
  return { values: closed ?? schema['x-known-values'] ?? schema.items?.['x-known-values'] ?? [], closed: closed !== undefined };
}

/** The values of a set, folded if there are many. */
function known(description, schema) {
  const { values, closed } = valuesOf(schema);
  if (values.length === 0) return '';
  if (values.length === description.document.components?.schemas?.EventName?.['x-known-values']?.length) {
    return 'Known values: the [names of events](event-names.md).';
  }
  const list = values.map((value) => `\`${value}\``).join(', ');
  if (values.length <= VALUES) return `${closed ? 'One of' : 'Known values'}: ${list}.`;
  return `<details><summary>${values.length} ${closed ? '' : 'known '}values</summary>${list}</details>`;
}

/** The default of a schema, and its least and greatest value. */
function limits({ default: value, minimum, maximum }) {
  const range = minimum !== undefined && maximum !== undefined ? `from ${minimum} to ${maximum}` : '';
  const parts = [value === undefined ? '' : `default ${value}`, range || (maximum === undefined ? '' : `up to ${maximum}`)];
  const text = parts.filter(Boolean).join(', ');
  return text && sentence(text);
}

/** What distinguishes the kinds of a union that is not the root of the body: the value, and what goes with it. */
function kindsText(description, schema) {
  const property = schema.discriminator?.propertyName;
  if (!property) return '';
  const kinds = Object.entries(schema.discriminator.mapping).map(([value, $ref]) => {
    const others = Object.keys(description.schema({ $ref }).properties ?? {}).filter((name) => name !== property);
    return `\`${value}\`${others.length > 0 ? ` with ${others.map((name) => `\`${name}\``).join(', ')}` : ''}`;
  });
  return `Its \`${property}\` is one of: ${kinds.join('; ')}.`;
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
        limits(resolved),
        known(description, items ? { ...resolved, items } : resolved),
        kindsText(description, resolved),
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
          text: [cell(parameter.description), limits(schema), known(description, schema)].filter(Boolean).join(' '),
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
  const written = `| ${title} | Type | Description |\n| --- | --- | --- |\n${lines.join('\n')}\n`;
  if (sorted.length <= ROWS) return written;
  return `::: details ${title}: ${sorted.length}\n${written}:::\n`;
}

/** Where in a body an attribute is: the path of the object that has it, and its path within that. */
function placeOf(path) {
  const root = ROOTS.find((each) => path.startsWith(`${each}.`)) ?? '';
  return { root, name: root ? path.slice(root.length + 1) : path };
}

/** A table for each object of a body that has attributes: `data.attributes`, `meta`. */
function tablesOf(found) {
  const places = new Map([...ROOTS, ''].map((root) => [root, []]));
  const roots = new Set(found.map(({ path }) => placeOf(path).root));
  for (const row of found) {
    // An object with a table of its own needs no row.
    if (roots.has(row.path)) continue;
    const { root, name } = placeOf(row.path);
    places.get(root).push({ ...row, path: name });
  }
  return [...places]
    .filter(([, each]) => each.length > 0)
    .map(([root, each]) => table(root ? `In \`${root}\`` : 'In the body', each))
    .join('\n');
}

/** The attributes of a body; if its data is one of several kinds, those of each kind are folded. */
function bodyTables(description, request) {
  const schema = description.schema(request.schema);
  const data = description.schema(schema.properties?.data);
  const found = rows(description, schema, '', DEPTH + 1, request.required);
  const property = data.discriminator?.propertyName;
  if (!property) return tablesOf(found);
  const kinds = Object.entries(data.discriminator.mapping).map(([value, $ref]) => {
    const attributes = rows(description, { $ref }, 'data.', DEPTH, request.required);
    return `::: details \`${value}\`: ${attributes.length} ${attributes.length === 1 ? 'attribute' : 'attributes'}\n${tablesOf(attributes)}:::\n`;
  });
  return [
    `**Kinds**: \`data.${property}\` is one of these ${kinds.length}, and each has attributes of its own.\n`,
    ...kinds,
    tablesOf(found.filter(({ path }) => path !== 'data')),
  ].join('\n');
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
      const exception = EXCEPTIONS[status] ?? (status.startsWith('5') ? 'ServerException' : 'PersonaApiException');
      const advice = java?.errors?.[status];
      return `| ${status} | \`${exception}\` | ${cell(description.at(response).description)} | ${advice ? cell(sentence(advice)) : 'See `errors()`.'} |`;
    });
  const statuses = Object.keys(operation.responses).filter((status) => !/^2/.test(status));
  if (lines.length === 0) return '';
  return `::: details Errors: ${statuses.join(', ')}\n| Status | Exception | When | What to do |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n:::\n`;
}

/** The anchor of an event on its page. */
export function eventAnchor(name) {
  return name.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

function isPreview(operation) {
  return operation['x-stability'] === 'preview';
}

/** The paragraphs of a description, without the one about previews, which every such page has in the same words. */
function paragraphs(text) {
  return (text ?? '')
    .trim()
    .split(/\n\s*\n/)
    .filter((each) => each && !each.startsWith('Preview:'))
    .map(escaped);
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
  parts.push(...paragraphs(operation.description).map((text) => `${text}\n`));
  if (isPreview(operation)) parts.push(`::: warning Preview\n${PREVIEW}\n:::\n`);
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
  if (parameters.length > 0) parts.push(table('Parameter', parameters));
  const request = body(description, operation);
  if (request) {
    const form = operation['x-form']?.map((part) => ({
      path: part.name,
      type: part.file ? 'file' : 'string',
      required: part.required === true,
      text: cell(part.description),
    }));
    if (form && request.type !== 'application/json') parts.push(table('Part of the form', form));
    else parts.push(bodyTables(description, request));
  }
  const search = operation['x-search'];
  if (search) {
    const lines = search.map(
      (each) => `| \`${each.name}\` | ${cell(each.type)} | ${each.operators.map((op) => `\`${op}\``).join(', ')} | ${cell(each.description)} |`,
    );
    parts.push(
      `::: details Attributes to search by: ${lines.length}\n| Attribute | Type | Operators | Description |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n:::\n`,
    );
  }

  const [status, success] = Object.entries(operation.responses).find(([each]) => /^2/.test(each)) ?? [];
  if (success) {
    const response = description.at(success);
    const [type, media] = Object.entries(response.content ?? {})[0] ?? [];
    const value = media && (description.at(first(media.examples))?.value ?? media.example);
    const text = sentence(escaped(response.description));
    if (value !== undefined && type === 'application/json') {
      parts.push(`::: details Response ${status}\n${text}\n\n${fence('json', JSON.stringify(value, null, 2))}:::\n`);
    } else {
      parts.push(`**Response ${status}**${type ? ` (\`${type}\`)` : ''}: ${text}\n`);
    }
  }
  parts.push(errorTable(description, operation, java));

  const facts = [`**Retries**: ${escaped(retry(operation, java))}`];
  const following = operation['x-events'] ?? [];
  if (following.length > 0) {
    const links = following.map((event) =>
      events.has(event) ? `[\`${event}\`](event-names.md#${eventAnchor(event)})` : `\`${event}\``,
    );
    facts.push(`**Events that follow**: ${links.join(', ')}`);
  }
  if (operation['x-sandbox']) facts.push(`**Sandbox**: ${escaped(operation['x-sandbox'])}`);
  const type = java && types.get(java.class);
  if (type) facts.push(`**Javadoc**: [\`${call}\`](${type}${java.anchor ? `#${encodeURI(java.anchor)}` : ''})`);
  parts.push(`${facts.map((fact) => `- ${fact}`).join('\n')}\n`);
  if (java?.methods?.length > 0) {
    const imports = (java.imports ?? []).map((each) => `import ${each};`);
    const code = [...imports, ...(imports.length > 0 ? [''] : []), ...java.methods.map((each) => `${each};`)].join('\n');
    parts.push(`::: details ${imports.length > 0 ? 'Imports and all' : 'All'} forms in Java: ${java.methods.length}\nEach form also takes \`RequestOptions\` as its last argument.\n\n${fence('java', code)}:::\n`);
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
      `| [${cell(operation.summary)}](#${kebab(operation.operationId.split('.')[1])})${isPreview(operation) ? ' <span class="preview">preview</span>' : ''} | <span class="method ${operation.method}">${operation.method.toUpperCase()}</span> \`${operation['x-base-path'] ?? ''}${operation.path}\` | \`${operation.operationId.split('.')[1]}\` |`,
  );
  const type = types.get(java[group.operations[0].operationId]?.class);
  const link = type ? `[\`persona.${group.accessor}()\`](${type})` : `\`persona.${group.accessor}()\``;
  return [
    `---\ntitle: ${JSON.stringify(`${group.title} (API)`)}\npageClass: reference\naside: false\n---\n`,
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

/** The names of events that the API is known to send, with their constants, but whose payload is not described. */
export function undescribedEvents(description) {
  const described = new Set(Object.keys(description.document['x-webhooks'] ?? {}));
  return (description.document.components.schemas.EventName?.['x-constants'] ?? [])
    .filter(({ value }) => value !== '*' && !described.has(value))
    .map(({ name, value }) => ({ name: value, constant: name }));
}

/** The title of an object in an event's name: `report/address-lookup.ready` is one of a report. */
function objectOf(event) {
  const object = event.name.split('.')[0].split('/')[0].replace(/-/g, ' ');
  return object.charAt(0).toUpperCase() + object.slice(1);
}

/** The page of the events that are described, and of the names that are not. */
export function eventsPage(events, others, operations, types) {
  const causes = new Map();
  for (const operation of operations) {
    for (const name of operation['x-events'] ?? []) {
      if (!causes.has(name)) causes.set(name, []);
      causes.get(name).push(operation);
    }
  }
  const anchored = ({ name }) => `<a id="${eventAnchor(name)}"></a>\`${name}\``;
  const after = ({ name }) =>
    (causes.get(name) ?? [])
      .map(({ operationId }) => {
        const [accessor, method] = operationId.split('.');
        return `[\`${operationId}\`](${kebab(accessor)}.md#${kebab(method)})`;
      })
      .join(', ');
  const objects = new Map();
  for (const event of events) {
    const object = objectOf(event);
    if (!objects.has(object)) objects.set(object, []);
    objects.get(object).push(event);
  }
  const sections = [...objects].map(([object, found]) => {
    // No column that is empty in all rows.
    const withCauses = found.some(({ name }) => causes.has(name));
    const lines = found.map((event) => {
      const resource = types.get(event.resource);
      const shown = resource ? `[\`${event.resource}\`](${resource})` : '`Resource`';
      const follows = withCauses ? ` ${after(event)} |` : '';
      return `| ${anchored(event)} | ${cell(event.text)}${event.preview ? ' <span class="preview">preview</span>' : ''} | ${shown} |${follows}`;
    });
    const head = withCauses ? '| Event | When | Resource | After |\n| --- | --- | --- | --- |' : '| Event | When | Resource |\n| --- | --- | --- |';
    return `## ${object} events {#${eventAnchor(object.toLowerCase())}-events}\n\n${head}\n${lines.join('\n')}\n`;
  });
  const example = events.find((event) => event.name === 'inquiry.approved') ?? events[0];
  const rest = others.map((event) => `| ${anchored(event)} | \`${event.constant}\` | ${after(event)} |`);
  return [
    '---\npageClass: reference\naside: false\n---\n',
    '# Names of webhook events\n',
    `The API sends events to [webhooks](../guides/webhooks.md). ${events.length} are described here: their payload is the resource as it was at the ` +
      'time of the event. ' +
      (others.length > 0 ? `[${others.length} other names](#known-not-described) are known, but not described. ` : '') +
      `Each has a constant of \`EventName\`, such as \`${example.constant}\` for \`${example.name}\`. ` +
      'An event may be delivered more than once and out of order. New names may appear at any time: `EventName` keeps them.\n',
    `${[...objects.keys()].map((object) => `[${object}](#${eventAnchor(object.toLowerCase())}-events)`).join(' · ')}\n`,
    ...sections,
    others.length > 0
      ? '## Known, not described {#known-not-described}\n\nThe API is known to use these names, but what it sends with them is not described. ' +
        'An object of a type that the client does not know arrives as a `Resource`.\n\n' +
        `| Event | Constant | After |\n| --- | --- | --- |\n${rest.join('\n')}\n`
      : '',
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
    `| Group | Description | Java | Operations |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n`,
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
  const others = undescribedEvents(description);
  const names = new Set([...events, ...others].map((event) => event.name));
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
  write('event-names.md', eventsPage(events, others, description.operations(), types));
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
