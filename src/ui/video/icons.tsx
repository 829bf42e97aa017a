import { Icon } from '../shared/icons';

export { PauseIcon, PlayIcon } from '../webcam/icons';

export const BackIcon = () => (
  <Icon>
    <path d="M6 5.5v13M18 6l-8 6 8 6z" />
  </Icon>
);

export const ForwardIcon = () => (
  <Icon>
    <path d="M18 5.5v13M6 6l8 6-8 6z" />
  </Icon>
);

export const SoundIcon = () => (
  <Icon>
    <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6m2.5-8.5a8 8 0 0 1 0 11" />
  </Icon>
);

export const MutedIcon = () => (
  <Icon>
    <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 10l5 5m0-5-5 5" />
  </Icon>
);

export const FullScreenIcon = () => (
  <Icon>
    <path d="M4.5 9V4.5H9m6 0h4.5V9m0 6v4.5H15m-6 0H4.5V15" />
  </Icon>
);
