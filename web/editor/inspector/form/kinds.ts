import { Assignments } from './assignments.tsx';
import { CodeKind, JsonKind } from './code.tsx';
import { Conditions } from './conditions.tsx';
import { CollectionKind, ListKind } from './list.tsx';
import { Locator } from './locator.tsx';
import { Mapper } from './mapper.tsx';
import type { Kinds } from './place.tsx';
import { BooleanKind, ChoiceKind, ColorKind, DateKind, FileKind, NumberKind, TextKind } from './plain.tsx';
import { Schedule } from './schedule.tsx';
import { SeveralKind, WeekdaysKind } from './several.tsx';

/** The control of each kind. Controls contain forms, which contain controls: they are handed down with the place. */
export const KINDS: Kinds = {
  string: TextKind,
  text: TextKind,
  number: NumberKind,
  boolean: BooleanKind,
  options: ChoiceKind,
  several: SeveralKind,
  weekdays: WeekdaysKind,
  json: JsonKind,
  code: CodeKind,
  date: DateKind,
  color: ColorKind,
  file: FileKind,
  locator: Locator,
  schedule: Schedule,
  collection: CollectionKind,
  list: ListKind,
  conditions: Conditions,
  assignments: Assignments,
  expression: TextKind,
  mapper: Mapper,
};
