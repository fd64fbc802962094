import { attribute } from './attribute.ts';
import type { ResourceType } from './attribute.ts';

export const GROUP: ResourceType = {
  name: 'Group',
  endpoint: '/Groups',
  extensions: [],
  schema: {
    id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
    name: 'Group',
    description: 'Persons who get a role together',
    attributes: [
      attribute('displayName', 'The name; role mappings go by it', { required: true }),
      attribute('members', 'Who is in it', {
        multiValued: true,
        subAttributes: [
          attribute('value', 'The id of the person', { caseExact: true, mutability: 'immutable' }),
          attribute('$ref', 'The person’s address', { type: 'reference', caseExact: true, mutability: 'immutable' }),
          attribute('display', 'The person’s name'),
          attribute('type', 'User', { mutability: 'immutable' }),
        ],
      }),
    ],
  },
};
