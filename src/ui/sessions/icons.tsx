import { Icon } from '../shared/icons';

export const FilmIcon = () => (
  <Icon>
    <rect x="3" y="4.5" width="18" height="15" rx="2.5" />
    <path d="M7.5 4.5v15m9-15v15M3 9.5h4.5m9 0H21m-18 5h4.5m9 0H21" />
  </Icon>
);

export const TrashIcon = () => (
  <Icon>
    <path d="M4.5 7h15M9.5 7V4.5h5V7m-8 0 .8 12.5h9.4L17.5 7M10 10.5v5.5m4-5.5v5.5" />
  </Icon>
);

export const BackIcon = () => (
  <Icon>
    <path d="M19 12H5m6-6.5L4.5 12l6.5 6.5" />
  </Icon>
);

export const ImportIcon = () => (
  <Icon>
    <path d="M12 15.5V4m-4.5 4.5L12 4l4.5 4.5M4.5 15.5v4h15v-4" />
  </Icon>
);

export const FlagIcon = () => (
  <Icon>
    <path d="M6 20.5v-16m0 0h11.5l-2.5 4 2.5 4H6" />
  </Icon>
);

export const CompareIcon = () => (
  <Icon>
    <path d="M3.5 17c3 0 3.5-10 7-10s3.5 7 9.5 7M3.5 9.5c4 0 5 8 9 8s4-4 7.5-4" />
  </Icon>
);
