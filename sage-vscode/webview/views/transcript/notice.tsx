import { Icon } from '../controls/icon';

/** Something the user should know that is not the model's words. */
export function NoticeRow({ text }: { text: string }) {
  return (
    <p class="notice" data-testid="item-notice">
      <Icon name="info" />
      <span>{text}</span>
    </p>
  );
}
