import { attribute, plural } from './attribute.ts';
import type { ResourceType, Schema } from './attribute.ts';

const schema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  description: 'A person of the organisation',
  attributes: [
    attribute('userName', 'What the person is called by the identity provider; unique', {
      required: true,
      uniqueness: 'server',
    }),
    attribute('name', 'The parts of the name', {
      subAttributes: [
        attribute('formatted', 'The whole name'),
        attribute('familyName', 'Family name'),
        attribute('givenName', 'Given name'),
        attribute('middleName', 'Middle name'),
        attribute('honorificPrefix', 'Title before the name'),
        attribute('honorificSuffix', 'Title after the name'),
      ],
    }),
    attribute('displayName', 'The name to show'),
    attribute('nickName', 'How the person is called'),
    attribute('profileUrl', 'A page about the person', { type: 'reference', caseExact: true }),
    attribute('title', 'The position'),
    attribute('userType', 'The relation to the organisation'),
    attribute('preferredLanguage', 'The language to show'),
    attribute('locale', 'How dates and numbers are written'),
    attribute('timezone', 'The time zone'),
    attribute('active', 'Whether the person may sign in', { type: 'boolean' }),
    plural('emails', 'E-mail addresses; the primary one finds the person'),
    plural('phoneNumbers', 'Telephone numbers'),
    plural('photos', 'Pictures', { type: 'reference', caseExact: true }),
    plural('roles', 'Roles at the identity provider; they grant nothing here'),
    attribute('addresses', 'Postal addresses', {
      multiValued: true,
      subAttributes: [
        attribute('formatted', 'The whole address'),
        attribute('streetAddress', 'Street'),
        attribute('locality', 'City'),
        attribute('region', 'Region'),
        attribute('postalCode', 'Code'),
        attribute('country', 'Country'),
        attribute('type', 'What it is for'),
        attribute('primary', 'Whether it is the main one', { type: 'boolean' }),
      ],
    }),
    attribute('groups', 'The groups the person is in', {
      multiValued: true,
      mutability: 'readOnly',
      subAttributes: [
        attribute('value', 'The id of the group', { caseExact: true, mutability: 'readOnly' }),
        attribute('$ref', 'Its address', { type: 'reference', caseExact: true, mutability: 'readOnly' }),
        attribute('display', 'Its name', { mutability: 'readOnly' }),
        attribute('type', 'direct', { mutability: 'readOnly' }),
      ],
    }),
  ],
};

const enterprise: Schema = {
  id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  name: 'EnterpriseUser',
  description: 'A person’s place in a company',
  attributes: [
    attribute('employeeNumber', 'Number of the employee'),
    attribute('costCenter', 'Cost centre'),
    attribute('organization', 'Organisation'),
    attribute('division', 'Division'),
    attribute('department', 'Department'),
    attribute('manager', 'The superior', {
      subAttributes: [
        attribute('value', 'The id of the superior', { caseExact: true }),
        attribute('$ref', 'The superior’s address', { type: 'reference', caseExact: true }),
        attribute('displayName', 'The superior’s name', { mutability: 'readOnly' }),
      ],
    }),
  ],
};

export const USER: ResourceType = { name: 'User', endpoint: '/Users', schema, extensions: [enterprise] };
