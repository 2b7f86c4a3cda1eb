import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  Description,
  curl,
  escaped,
  eventAnchor,
  eventsPage,
  groups,
  kebab,
  operationPage,
  rows,
  undescribedEvents,
  webhookEvents,
} from '../reference.mjs';

const DOCUMENT = {
  servers: [{ url: 'https://api.example.com/v1' }],
  tags: [{ name: 'Small Things', description: 'Things.' }],
  paths: {
    '/things/{thing-id}/close': {
      post: {
        operationId: 'smallThings.closeIt',
        tags: ['Small Things'],
        summary: 'Close a thing',
        description: 'Closes the thing,\nwith `{{ note }}` or <none>.',
        'x-idempotent': true,
        'x-events': ['thing.closed', 'thing.other'],
        'x-sandbox': 'Nothing is sent.',
        parameters: [
          { $ref: '#/components/parameters/ThingId' },
          { name: 'Idempotency-Key', in: 'header', 'x-managed': true, schema: { type: 'string' } },
          { name: 'filter', in: 'query', style: 'deepObject', schema: { $ref: '#/components/schemas/Filter' } },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/Body' }, example: { data: { note: "it's" } } },
          },
        },
        responses: {
          200: { description: 'The thing.', content: { 'application/json': { example: { data: null } } } },
          404: { description: 'There is no thing.' },
          418: { description: 'Odd.' },
        },
      },
    },
  },
  'x-webhooks': {
    'thing.closed': {
      post: { summary: 'A thing was closed', requestBody: { content: { json: { schema: { $ref: '#/components/schemas/ThingNotification' } } } } },
    },
  },
  components: {
    parameters: {
      ThingId: { name: 'thing-id', in: 'path', required: true, schema: { type: 'string' }, example: 'thg_1', description: 'ID of a|b.' },
    },
    schemas: {
      EventName: {
        'x-constants': [
          { name: 'ALL', value: '*' },
          { name: 'THING_CLOSED', value: 'thing.closed' },
          { name: 'THING_LOST', value: 'thing.lost' },
        ],
      },
      ThingNotification: { type: 'object' },
      Filter: { type: 'object', properties: { name: { type: 'string', description: 'Name.' } } },
      Body: { required: ['data'], properties: { data: { allOf: [{ $ref: '#/components/schemas/Data' }], nullable: true } } },
      Data: {
        type: 'object',
        required: ['attributes'],
        properties: {
          type: { type: 'string', enum: ['thing'] },
          attributes: {
            type: 'object',
            required: ['note'],
            properties: {
              note: { type: 'string', description: 'A note.' },
              kinds: { type: 'array', items: { type: 'string', 'x-known-values': ['a', 'b'] } },
              old: { type: 'string', deprecated: true, 'x-deprecated-instead': 'Use `note`.' },
            },
          },
        },
      },
    },
  },
};
const JAVA = {
  class: 'x.SmallThings',
  accessor: 'smallThings',
  methods: ['Thing closeIt(String thingId)'],
  anchor: 'closeIt(java.lang.String)',
  example: 'persona.smallThings().closeIt("thg_1");',
  errors: { 404: 'check the ID' },
  retry: 'Idempotent by its key.',
};

function page(java = JAVA) {
  const description = new Description(DOCUMENT);
  return operationPage(description, description.operations()[0], java, new Map([['x.SmallThings', '/javadoc/x/SmallThings.html']]), new Set(['thing.closed']));
}

test('a page of an operation has the Java call beside the HTTP request', () => {
  const [calls] = /<div class="calls">[\s\S]*?<\/div>\n<\/div>/.exec(page());

  assert.match(calls, /```java\npersona\.smallThings\(\)\.closeIt\("thg_1"\);\n```/);
  assert.match(calls, /```sh\ncurl -X POST https:\/\/api\.example\.com\/v1\/things\/thg_1\/close \\/);
});

test('the request of an example has the key, the body with quotes for the shell, and a key of idempotency', () => {
  const description = new Description(DOCUMENT);

  const text = curl(description, description.operations()[0]);
  assert.match(text, /-H "Authorization: Bearer \$PERSONA_API_KEY"/);
  assert.match(text, /-H "Idempotency-Key: \$\(uuidgen\)"/);
  assert.match(text, /-d '\{[\s\S]*"note": "it'\\''s"[\s\S]*\}'$/);
});

test('the request of an example is what the Java example sends', () => {
  const description = new Description(DOCUMENT);
  const operation = description.operations()[0];

  const text = curl(description, operation, { query: { 'page[size]': '10', 'filter[name]': 'a b,c' }, body: { data: 1 } });
  assert.match(text, /^curl -X POST -g "https:\/\/api\.example\.com\/v1\/things\/thg_1\/close\?page\[size\]=10&filter\[name\]=a\+b,c" \\/);
  assert.match(text, /-d '\{\n {2}"data": 1\n\}'$/);
  const optional = { ...operation, requestBody: { ...operation.requestBody, required: false } };
  assert.doesNotMatch(curl(description, optional, { query: {} }), /-d /);
});

test('the parts of a form are those of the Java example, and files are read', () => {
  const description = new Description(DOCUMENT);
  const form = {
    ...description.operations()[0],
    requestBody: { required: true, content: { 'multipart/form-data': { schema: { type: 'object' } } } },
    'x-form': [{ name: 'data[file]', file: true, required: true }, { name: 'data[list]' }],
  };

  const text = curl(description, form, { query: {}, body: { 'data[file]': 'a.csv', 'data[list]': 'lst_1' } });
  assert.match(text, /-F "data\[file\]=@a\.csv" \\\n {2}-F "data\[list\]=lst_1"$/);
});

test('a page of an operation has parameters, attributes, errors, retries, events, the sandbox and its Javadoc', () => {
  const text = page();

  for (const part of [
    '## Close a thing {#close-it}',
    '| `thing-id` **required** | string | ID of a\\|b. |',
    '| `filter[name]` | string | Name. |',
    '| `note` **required** | string | A note. |',
    '| `kinds` | array of string | Known values: `a`, `b`. |',
    '| `old` | string | Deprecated. Use `note`. |',
    '::: details Response 200',
    '| 404 | `NotFoundException` | There is no thing. | Check the ID. |',
    '| 418 | `PersonaApiException` | Odd. |',
    '**Retries**: Idempotent by its key.',
    '[`thing.closed`](event-names.md#thing-closed), `thing.other`',
    '**Sandbox**: Nothing is sent.',
    '(/javadoc/x/SmallThings.html#closeIt(java.lang.String))',
    'Thing closeIt(String thingId)',
  ]) {
    assert.ok(text.includes(part), `${part}\n\nis not in\n\n${text}`);
  }
});

test('without a statement of the generator, the description says whether a request may be sent again', () => {
  assert.match(page({ ...JAVA, retry: undefined }), /\*\*Retries\*\*: Idempotent by its key: the API executes/);
});

test('texts of the description are no HTML and no expressions of Vue, but within code', () => {
  assert.equal(escaped('a <b>\n {{ c }} `{{ <d> }}` [e]'), 'a &lt;b> &#123;&#123; c }} `{{ <d> }}` \\[e\\]');
  assert.match(page(), /Closes the thing, with `\{\{ note \}\}` or &lt;none>\./);
});

test('text after a backtick without a partner is no HTML', () => {
  assert.equal(escaped('`a <b> {{ c }}'), '\\`a &lt;b> &#123;&#123; c }}');
  assert.equal(escaped('```<a> `<b>`'), '\\`\\`\\`&lt;a> `<b>`');
});

test('values of a form, of a header and of a path are safe within quotes of the shell', () => {
  const description = new Description(DOCUMENT);
  const form = {
    ...description.operations()[0],
    parameters: [
      { name: 'thing-id', in: 'path', example: 'a b&"c' },
      { name: 'Note', in: 'header', example: 'a "b" $c' },
    ],
    requestBody: { required: true, content: { 'multipart/form-data': { schema: { type: 'object' }, example: { note: { a: '`b`' } } } } },
  };

  const text = curl(description, form);
  assert.match(text, /things\/a%20b%26%22c\/close/);
  assert.ok(text.includes('-H "Note: a \\"b\\" \\$c"'), text);
  assert.ok(text.includes('-F "note={\\"a\\":\\"\\`b\\`\\"}"'), text);
});

test('a body within allOf and without a name has rows, its constants have none', () => {
  const description = new Description(DOCUMENT);

  assert.deepEqual(
    rows(description, { $ref: '#/components/schemas/Body' }).map(({ path, required }) => [path, required]),
    [
      ['data.attributes.note', true],
      ['data.attributes.kinds', false],
      ['data.attributes.old', false],
    ],
  );
});

test('groups have the accessor, the tag and the text', () => {
  const [group] = groups(new Description(DOCUMENT));

  assert.deepEqual([group.accessor, group.slug, group.title, group.text], ['smallThings', 'small-things', 'Small Things', 'Things.']);
  assert.equal(kebab('listItems'), 'list-items');
});

test('events have their constant and resource', () => {
  assert.deepEqual(webhookEvents(new Description(DOCUMENT)), [
    { name: 'thing.closed', text: 'A thing was closed', preview: false, constant: 'THING_CLOSED', resource: 'Thing' },
  ]);
  assert.equal(eventAnchor('report/address-lookup.ready'), 'report-address-lookup-ready');
});

test('a reference that leads nowhere is an error', () => {
  assert.throws(() => new Description(DOCUMENT).at({ $ref: '#/components/schemas/Absent' }), /the description has no #\/components\/schemas\/Absent/);
});

test('names of events without a description are listed by themselves, with the operations before them', () => {
  const description = new Description(DOCUMENT);
  const others = undescribedEvents(description);

  assert.deepEqual(others, [{ name: 'thing.lost', constant: 'THING_LOST' }]);
  const causes = [{ operationId: 'smallThings.closeIt', 'x-events': ['thing.lost'] }];
  const text = eventsPage(webhookEvents(description), others, causes, new Map([['Thing', '/t.html']]));
  assert.match(text, /1 are described here.*\[1 other names\]\(#known-not-described\)/);
  assert.match(text, /## Known, not described[\s\S]*`thing\.lost` \| `THING_LOST` \| \[`smallThings\.closeIt`\]\(small-things\.md#close-it\) \|/);
  // Nothing is known to cause the other one, so that its table has no such column.
  assert.match(text, /\| Event \| When \| Resource \|\n\| --- \| --- \| --- \|\n.*`thing\.closed` \| A thing was closed \| \[`Thing`\]\(\/t\.html\) \|\n/);
});

test('operations that are known to cause an event are in its row', () => {
  const description = new Description(DOCUMENT);

  const text = eventsPage(webhookEvents(description), [], description.operations(), new Map());
  assert.match(text, /\| Event \| When \| Resource \| After \|[\s\S]*`Resource` \| \[`smallThings\.closeIt`\]/);
  assert.doesNotMatch(text, /not described/);
});

/** The page of the operation with another schema of its body, and other fields. */
function pageOf(body, more = {}) {
  const description = new Description(DOCUMENT);
  const [operation] = description.operations();
  const changed = { ...operation, requestBody: { required: true, content: { 'application/json': { schema: body } } }, ...more };
  return operationPage(description, changed, JAVA, new Map(), new Set());
}

test('each object of a body with attributes has a table of its own, named by its path', () => {
  const text = pageOf({
    required: ['data'],
    properties: {
      data: { properties: { id: { type: 'string' }, attributes: { properties: { note: { properties: { deep: { type: 'string' } } } } } } },
      meta: { description: 'More.', properties: { mode: { type: 'string' } } },
      other: { type: 'string' },
    },
  });

  assert.match(text, /\| In `data\.attributes` \| Type \| Description \|\n.*\n\| `note` .*\n\| `note\.deep` .*\n\n/);
  assert.match(text, /\| In `data` \|.*\n.*\n\| `id` .*\n\n/);
  assert.match(text, /\| In `meta` \|.*\n.*\n\| `mode` .*\n\n/);
  assert.match(text, /\| In the body \|.*\n.*\n\| `other` .*\n\n/);
});

test('a body of several kinds has a folded table for each', () => {
  const attributes = (name) => ({ properties: { type: { enum: [name] }, attributes: { properties: { [name]: { type: 'string' } } } } });
  DOCUMENT.components.schemas.KindOne = attributes('one');
  DOCUMENT.components.schemas.KindTwo = attributes('two');
  const mapping = { 'kind/one': '#/components/schemas/KindOne', 'kind/two': '#/components/schemas/KindTwo' };

  const text = pageOf({
    properties: {
      data: { oneOf: Object.values(mapping).map(($ref) => ({ $ref })), discriminator: { propertyName: 'type', mapping } },
      meta: { properties: { mode: { type: 'string' } } },
    },
  });
  assert.match(text, /\*\*Kinds\*\*: `data\.type` is one of these 2/);
  assert.match(text, /::: details `kind\/two`: 1 attribute\n\| In `data\.attributes` .*\n.*\n\| `two` \| string \|.*\n:::/);
  assert.match(text, /\| In `meta` /);
  assert.doesNotMatch(text, /one of several/);
});

test('values, defaults and limits of attributes are shown, many values folded', () => {
  const many = Array.from({ length: 13 }, (_, index) => `v${index}`);
  const text = pageOf({
    properties: {
      open: { type: 'string', 'x-known-values': ['a'] },
      closed: { type: 'string', enum: ['a', 'b'] },
      many: { type: 'array', items: { type: 'string', 'x-known-values': many } },
      size: { type: 'integer', default: 10, minimum: 1, maximum: 100 },
      least: { type: 'integer', maximum: 5 },
    },
  });

  assert.match(text, /`open` \| string \| Known values: `a`\. \|/);
  assert.match(text, /`closed` \| string \| One of: `a`, `b`\. \|/);
  assert.match(text, /<details><summary>13 known values<\/summary>`v0`, .*`v12`<\/details>/);
  assert.match(text, /`size` \| integer \| Default 10, from 1 to 100\. \|/);
  assert.match(text, /`least` \| integer \| Up to 5\. \|/);
});

test('a preview says once that its path may not exist', () => {
  const more = { 'x-stability': 'preview', description: 'Closes it.\n\nPreview: not in\nthe description.\n\nMore.' };

  const text = pageOf({}, more);
  assert.match(text, /Closes it\.\n\nMore\.\n\n::: warning Preview\n.*404.*\n:::/);
  assert.equal(text.match(/preview/gi).length, 1);
});
