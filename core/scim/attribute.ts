/** One attribute of a resource type, as RFC 7643 section 7 describes it. */
export interface Attribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'dateTime' | 'reference' | 'complex';
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: 'readWrite' | 'readOnly' | 'immutable';
  readonly returned: 'default' | 'always';
  readonly uniqueness: 'none' | 'server';
  readonly subAttributes?: readonly Attribute[];
}

export interface Schema {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

/** A kind of resource: its own schema and those that extend it. */
export interface ResourceType {
  readonly name: 'User' | 'Group';
  readonly endpoint: string;
  readonly schema: Schema;
  readonly extensions: readonly Schema[];
}

type More = Partial<Omit<Attribute, 'name' | 'description'>>;

/** An attribute; what is not said is a single optional text. */
export const attribute = (name: string, description: string, more: More = {}): Attribute => ({
  name,
  type: more.subAttributes ? 'complex' : 'string',
  multiValued: false,
  description,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  ...more,
});

/** A list of values with `type`, `display` and `primary`, as most lists of SCIM are. */
export const plural = (name: string, description: string, value: More = {}): Attribute =>
  attribute(name, description, {
    multiValued: true,
    subAttributes: [
      attribute('value', 'The value', value),
      attribute('display', 'A name to show'),
      attribute('type', 'What it is for'),
      attribute('primary', 'Whether it is the main one', { type: 'boolean' }),
    ],
  });

/** What every resource has besides its schema. */
export const COMMON: readonly Attribute[] = [
  attribute('id', 'Given by the server', {
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
    uniqueness: 'server',
  }),
  attribute('externalId', 'The identity provider’s own id', { caseExact: true }),
  attribute('meta', 'About the resource', {
    mutability: 'readOnly',
    subAttributes: [
      attribute('resourceType', 'Its type', { caseExact: true, mutability: 'readOnly' }),
      attribute('created', 'When it was made', { type: 'dateTime', mutability: 'readOnly' }),
      attribute('lastModified', 'When it last changed', { type: 'dateTime', mutability: 'readOnly' }),
      attribute('location', 'Its address', { type: 'reference', caseExact: true, mutability: 'readOnly' }),
      attribute('version', 'Its entity tag', { caseExact: true, mutability: 'readOnly' }),
    ],
  }),
  attribute('schemas', 'The schemas it has', {
    type: 'reference',
    multiValued: true,
    caseExact: true,
    mutability: 'readOnly',
  }),
];

/** A place in a resource: an attribute, maybe of an extension, maybe a part of it. */
export interface Place {
  /** The extension it is in. */
  readonly extension?: string;
  readonly attribute: Attribute;
  readonly sub?: Attribute;
}

const named = (list: readonly Attribute[] | undefined, name: string): Attribute | undefined => {
  const wanted = name.toLowerCase();
  return list?.find((each) => each.name.toLowerCase() === wanted);
};

/** Looks a name up: `userName`, `name.givenName`, `urn:…:User:department`. Undefined when no schema has it. */
export function placeOf(type: ResourceType, path: string): Place | undefined {
  for (const schema of [...type.extensions, type.schema]) {
    if (!path.toLowerCase().startsWith(`${schema.id.toLowerCase()}:`)) continue;
    const found = within(schema.attributes, path.slice(schema.id.length + 1));
    if (!found) return undefined;
    return schema === type.schema ? found : { ...found, extension: schema.id };
  }
  return within([...type.schema.attributes, ...COMMON], path);
}

function within(attributes: readonly Attribute[], path: string): Place | undefined {
  const [name = '', subName, ...rest] = path.split('.');
  const found = named(attributes, name);
  if (!found || rest.length > 0) return undefined;
  if (subName === undefined) return { attribute: found };
  const sub = named(found.subAttributes, subName);
  return sub && { attribute: found, sub };
}

export const subAttribute = (parent: Attribute, name: string): Attribute | undefined =>
  named(parent.subAttributes, name);
