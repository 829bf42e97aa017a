import { Icon } from '../shared/icons';

export const ZoomInIcon = () => (
  <Icon>
    <circle cx="10.5" cy="10.5" r="6" />
    <path d="m15 15 5 5M10.5 8v5M8 10.5h5" />
  </Icon>
);

export const ZoomOutIcon = () => (
  <Icon>
    <circle cx="10.5" cy="10.5" r="6" />
    <path d="m15 15 5 5M8 10.5h5" />
  </Icon>
);

export const FitIcon = () => (
  <Icon>
    <path d="M3.5 6v12m17-12v12M7 12h10m-7-3-3 3 3 3m4-6 3 3-3 3" />
  </Icon>
);
