import { Icon } from '../shared/icons';

export const CameraOffIcon = () => (
  <Icon>
    <path d="M9.5 6H13a2.5 2.5 0 0 1 2.5 2.5V12m0 3.5A2.5 2.5 0 0 1 13 18H5a2.5 2.5 0 0 1-2.5-2.5v-7A2.5 2.5 0 0 1 5 6m10.5 4.5 6-3.5v10l-3-1.75M3 3l18 18" />
  </Icon>
);

export const PauseIcon = () => (
  <Icon>
    <path d="M8.5 5.5v13m7-13v13" />
  </Icon>
);

export const PlayIcon = () => (
  <Icon>
    <path d="M7.5 4.8v14.4L19 12z" />
  </Icon>
);

export const RecordIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="8.5" />
    <circle cx="12" cy="12" r="4.5" fill="currentColor" stroke="none" />
  </Icon>
);

export const StopIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="8.5" />
    <rect x="8.5" y="8.5" width="7" height="7" rx="1" fill="currentColor" stroke="none" />
  </Icon>
);

export const FlagIcon = () => (
  <Icon>
    <path d="M6 20.5V4m0 .5c4-2 7 2 12 0v8.5c-5 2-8-2-12 0" />
  </Icon>
);

export const SnapshotIcon = () => (
  <Icon>
    <path d="M4 8.5A1.5 1.5 0 0 1 5.5 7h2L9 4.8h6L16.5 7h2A1.5 1.5 0 0 1 20 8.5V17a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z" />
    <circle cx="12" cy="12.8" r="3.3" />
  </Icon>
);

export const MirrorIcon = () => (
  <Icon>
    <path d="M12 3v18M8.5 7.5 3 16.5h5.5zM15.5 7.5l5.5 9h-5.5z" />
  </Icon>
);

export const ExitFullScreenIcon = () => (
  <Icon>
    <path d="M9 4v5H4m16 0h-5V4m0 16v-5h5M4 15h5v5" />
  </Icon>
);

export const GaugeIcon = () => (
  <Icon>
    <path d="M4.2 17.5a9 9 0 1 1 15.6 0M12 13.5l4-4.5" />
    <circle cx="12" cy="13.5" r="1.2" />
  </Icon>
);

export const KeyboardIcon = () => (
  <Icon>
    <rect x="2.5" y="6" width="19" height="12" rx="2" />
    <path d="M6.5 10h.01M10 10h.01M14 10h.01M17.5 10h.01M8 14h8" />
  </Icon>
);

export const FlipIcon = () => (
  <Icon>
    <path d="M4 12a8 8 0 0 1 13.7-5.6L20 8.5M20 4v4.5h-4.5M20 12a8 8 0 0 1-13.7 5.6L4 15.5M4 20v-4.5h4.5" />
  </Icon>
);

export const SoundIcon = () => (
  <Icon>
    <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6m2.5-8.5a7.5 7.5 0 0 1 0 11" />
  </Icon>
);
