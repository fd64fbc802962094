import { ListLayout, Virtualizer } from 'react-aria-components';
import { OpenSelect, type SelectProps } from './open-select.tsx';

const ROW_PX = 28;
const around = (list: React.ReactNode) => (
  <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: ROW_PX }}>
    {list}
  </Virtualizer>
);

/** A choice of hundreds: only those in view are drawn, and the keyboard reaches all. */
export const OpenLongSelect = (props: SelectProps<string>) => <OpenSelect {...props} around={around} />;
