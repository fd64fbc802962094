import type { AriaLabelConfig } from '@xyflow/react';

/** What the drawing says to screen readers; the library's own words are English. */
export const canvasTexts: { en: Partial<AriaLabelConfig>; de: Partial<AriaLabelConfig> } = {
  en: {},
  de: {
    'node.a11yDescription.default':
      'Mit Enter oder Leertaste wählen Sie einen Schritt. Entf löscht ihn, Esc bricht ab.',
    'node.a11yDescription.keyboardDisabled':
      'Mit Enter oder Leertaste wählen Sie einen Schritt, mit den Pfeiltasten bewegen Sie ihn. Entf löscht ihn, Esc bricht ab.',
    'node.a11yDescription.ariaLiveMessage': ({ direction, x, y }) =>
      `Schritt bewegt: ${DIRECTIONS[direction] ?? direction}. Er steht bei ${x}, ${y}.`,
    'edge.a11yDescription.default':
      'Mit Enter oder Leertaste wählen Sie eine Verbindung. Entf löscht sie, Esc bricht ab.',
    'controls.ariaLabel': 'Ansicht',
    'controls.zoomIn.ariaLabel': 'Größer',
    'controls.zoomOut.ariaLabel': 'Kleiner',
    'controls.fitView.ariaLabel': 'Alles zeigen',
    'controls.interactive.ariaLabel': 'Sperren',
    'minimap.ariaLabel': 'Übersicht',
    'handle.ariaLabel': 'Anschluss',
  },
};

const DIRECTIONS: Readonly<Record<string, string>> = {
  up: 'nach oben',
  down: 'nach unten',
  left: 'nach links',
  right: 'nach rechts',
};
