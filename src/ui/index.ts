import "./global.css";

export { AppIcon, type AppIconProps } from "./AppIcon.tsx";
export { Badge, type BadgeProps } from "./Badge.tsx";
export { Banner, type BannerProps } from "./Banner.tsx";
export { Button, type ButtonProps, type ButtonVariant } from "./Button.tsx";
export { ConfirmDialog, type ConfirmDialogProps } from "./ConfirmDialog.tsx";
export { cx } from "./cx.ts";
export { Dialog, type DialogProps } from "./Dialog.tsx";
export { EmptyState, type EmptyStateProps } from "./EmptyState.tsx";
export { IconButton, type IconButtonProps } from "./IconButton.tsx";
export { Kbd } from "./Kbd.tsx";
export { Menu, type MenuItem, type MenuProps } from "./Menu.tsx";
export { Page, type PageProps } from "./Page.tsx";
export { Spinner } from "./Spinner.tsx";
export { type TabItem, Tabs, type TabsProps } from "./Tabs.tsx";
export { TextField, type TextFieldProps } from "./TextField.tsx";
export { Toaster, type ToastOptions, toast } from "./toast.tsx";
export { type Theme, useShownTheme, useTheme } from "./use-theme.ts";
