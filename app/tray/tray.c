/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jumin-tray: the hands in a demonstration. It puts cards in, holds telephones up and takes paper
 * out by the control sockets of the peers and of the sandbox, never through core: what is seen
 * proves the real drivers. Each button is a row of a table: where, which command, what it says. */
#include "tray/control-line.h"
#include "tray/phone.h"
#include "tray/residents.h"

#include <gtk/gtk.h>
#include <stdlib.h>

enum
{
  GAP = 12,
  BUTTONS_A_ROW = 3,
  WINDOW_WIDTH = 560,
  WINDOW_HEIGHT = 980,
  NOTE_CHARS_MAX = 60
};

typedef enum
{
  SOCKET_CARD,
  SOCKET_CAMERA,
  SOCKET_PRINTER,
  SOCKET_SHEETS,
  SOCKET_PLATFORM,
  N_SOCKETS
} Socket;

typedef struct
{
  Socket socket;
  const char *command, *chinese, *english;
} ButtonRow;

static const struct
{
  const char *chinese, *english;
} headings[N_SOCKETS] = {
  [SOCKET_CARD] = { "社保卡", "Card" },
  [SOCKET_CAMERA] = { "摄像头", "Camera" },
  [SOCKET_PRINTER] = { "打印机", "Ticket printer" },
  [SOCKET_SHEETS] = { "A4 打印机", "A4 printer" },
  [SOCKET_PLATFORM] = { "平台", "Platform" },
};

static const ButtonRow buttons[] = {
  { SOCKET_CARD, "eject", "拔出卡", "Pull the card" },
  { SOCKET_CARD, "slow 300", "卡读得慢", "Slow card" },
  { SOCKET_CARD, "slow 0", "卡读得快", "Quick card" },
  { SOCKET_CAMERA, "show none", "放下手机", "Put the phone away" },
  { SOCKET_CAMERA, "unplug", "拔掉摄像头", "Pull its plug" },
  { SOCKET_CAMERA, "plug", "插上摄像头", "Plug it in" },
  { SOCKET_PRINTER, "paper end", "纸用完", "Paper out" },
  { SOCKET_PRINTER, "paper near", "纸快用完", "Paper low" },
  { SOCKET_PRINTER, "paper ok", "装上新纸", "Refill" },
  { SOCKET_PRINTER, "cover open", "打开盖子", "Open cover" },
  { SOCKET_PRINTER, "cover closed", "合上盖子", "Close cover" },
  { SOCKET_PRINTER, "jam on", "卡纸", "Jam" },
  { SOCKET_PRINTER, "jam off", "取出卡住的纸", "Clear the jam" },
  { SOCKET_PRINTER, "unplug", "拔掉电缆", "Pull the cable" },
  { SOCKET_PRINTER, "plug", "插上电缆", "Plug it in" },
  { SOCKET_SHEETS, "paper end", "A4 纸用完", "Paper out" },
  { SOCKET_SHEETS, "paper low", "A4 纸快用完", "Paper low" },
  { SOCKET_SHEETS, "paper ok", "装上新纸", "Refill" },
  { SOCKET_SHEETS, "cover open", "打开盖子", "Open cover" },
  { SOCKET_SHEETS, "cover closed", "合上盖子", "Close cover" },
  { SOCKET_SHEETS, "toner end", "墨粉用完", "Out of toner" },
  { SOCKET_SHEETS, "jam on", "卡纸", "Jam" },
  { SOCKET_SHEETS, "jam off", "取出卡住的纸", "Clear the jam" },
  { SOCKET_SHEETS, "toner ok", "换上墨粉", "New toner" },
  { SOCKET_PLATFORM, "down", "平台断开", "Down" },
  { SOCKET_PLATFORM, "up", "平台恢复", "Up" },
  { SOCKET_PLATFORM, "delay 3000", "平台变慢", "Slow (3 s)" },
  { SOCKET_PLATFORM, "delay 0", "平台变快", "Quick" },
  { SOCKET_PLATFORM, "fault drop-after tickets 1", "丢一次取号的答复", "Lose one answer" },
  { SOCKET_PLATFORM, "fault wrong-signature", "平台签名不对", "Wrong signature" },
  { SOCKET_PLATFORM, "next", "叫下一个号", "Call next" },
  { SOCKET_PLATFORM, "age 301", "验证码过期", "Codes expire" },
  { SOCKET_PLATFORM, "help ack", "应答求助", "Answer help" },
  { SOCKET_PLATFORM, "help ignore", "没人应答", "Nobody answers" },
  { SOCKET_PLATFORM, "reports", "机器报告", "Reports" },
  { SOCKET_PLATFORM, "phone scan", "手机扫码付款", "Scan and pay" },
  { SOCKET_PLATFORM, "phone decline", "手机不付了", "Decline" },
  { SOCKET_PLATFORM, "fault money-late payments/state 3", "付款结果来得晚", "Paid, told late" },
};

typedef struct
{
  char *paths[N_SOCKETS], *phone;
  GPtrArray *residents;
  GtkLabel *outcome;
  GCancellable *cancellable; /* the window's; cancelled when it closes */
} Tray;

/* What a button or a row holds. */
typedef struct
{
  Tray *tray;
  Socket socket;
  char *command;
} Order;

static void
order_free (gpointer data, GClosure *closure)
{
  Order *order = data;

  g_free (order->command);
  g_free (order);
}

static void
say_outcome (Tray *tray, const char *reply, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_autofree char *text = error != NULL ? g_strdup_printf ("没有成功 · %s", error->message)
                                        : g_strdup_printf ("好了 · Done %s", reply);
  gtk_label_set_text (tray->outcome, text);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reply = jumin_control_line_ask_finish (result, &error);

  say_outcome (data, reply, error);
}

static void
on_phone_seen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reply = jumin_phone_show_finish (result, &error);

  say_outcome (data, reply, error);
}

static void
on_phone_clicked (GtkButton *button, gpointer data)
{
  Order *order = data;
  Tray *tray = order->tray;
  const JuminPhone phone
      = { tray->paths[SOCKET_PLATFORM], tray->paths[SOCKET_CAMERA], tray->phone };

  gtk_label_set_text (tray->outcome, "…");
  jumin_phone_show_async (&phone, order->command, tray->cancellable, on_phone_seen, tray);
}

static void
on_button_clicked (GtkButton *button, gpointer data)
{
  Order *order = data;

  gtk_label_set_text (order->tray->outcome, "…");
  jumin_control_line_ask_async (order->tray->paths[order->socket], order->command,
                                order->tray->cancellable, on_answered, order->tray);
}

static GtkWidget *
new_label (const char *text, const char *css_class, float xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_two_lines (const char *chinese, const char *english, float xalign)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), new_label (chinese, NULL, xalign));
  gtk_box_append (GTK_BOX (box), new_label (english, "dim-label", xalign));
  return box;
}

static GtkWidget *
new_order_button (Tray *tray, Socket socket, const char *command, const char *chinese,
                  const char *english, float xalign)
{
  GtkWidget *button = gtk_button_new ();
  Order *order = g_new0 (Order, 1);

  order->tray = tray;
  order->socket = socket;
  order->command = g_strdup (command);
  gtk_button_set_child (GTK_BUTTON (button), new_two_lines (chinese, english, xalign));
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_sensitive (button, tray->paths[socket] != NULL);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_button_clicked), order, order_free, 0);
  return button;
}

/* A code on a phone, before the camera. @command: what answers that code */
static GtkWidget *
new_phone_button (Tray *tray, const char *command, const char *chinese, const char *english)
{
  GtkWidget *button = gtk_button_new ();
  Order *order = g_new0 (Order, 1);

  order->tray = tray;
  order->command = g_strdup (command);
  gtk_button_set_child (GTK_BUTTON (button), new_two_lines (chinese, english, 0.5f));
  gtk_widget_set_sensitive (button, tray->paths[SOCKET_PLATFORM] != NULL
                                        && tray->paths[SOCKET_CAMERA] != NULL
                                        && tray->phone != NULL);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_phone_clicked), order, order_free, 0);
  return button;
}

/* The card, the code, and the message on the resident's phone. */
static GtkWidget *
new_resident_row (Tray *tray, const JuminTrayResident *resident)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP / 2), *phone;
  g_autofree char *chinese = g_strdup_printf ("插入%s的卡", resident->name);
  g_autofree char *insert = g_strdup_printf ("insert %s", resident->id);
  g_autofree char *code = g_strdup_printf ("code %s", resident->id);
  g_autofree char *shown = g_strdup_printf ("city-code %s", resident->id);

  gtk_box_append (GTK_BOX (row),
                  new_order_button (tray, SOCKET_CARD, insert, chinese,
                                    resident->note ? resident->note : resident->id, 0));
  phone = new_order_button (tray, SOCKET_PLATFORM, code, "看短信", "Message", 0.5f);
  gtk_widget_set_hexpand (phone, FALSE);
  gtk_box_append (GTK_BOX (row), new_phone_button (tray, shown, "亮码", "Code"));
  gtk_box_append (GTK_BOX (row), phone);
  return row;
}

static GtkWidget *
new_resident_list (Tray *tray)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP / 2);

  for (guint i = 0; i < tray->residents->len; i++)
    gtk_box_append (GTK_BOX (list), new_resident_row (tray, tray->residents->pdata[i]));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static GtkWidget *
new_button_grid (Tray *tray, Socket socket)
{
  GtkWidget *grid = gtk_grid_new ();
  int n = 0;

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), GAP / 2);
  gtk_grid_set_row_spacing (GTK_GRID (grid), GAP / 2);
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      const ButtonRow *row = &buttons[i];
      if (row->socket != socket)
        continue;
      GtkWidget *button
          = new_order_button (tray, socket, row->command, row->chinese, row->english, 0.5f);
      gtk_grid_attach (GTK_GRID (grid), button, n % BUTTONS_A_ROW, n / BUTTONS_A_ROW, 1, 1);
      n++;
    }
  return grid;
}

static void
on_activate (GtkApplication *application, gpointer data)
{
  Tray *tray = data;
  GtkWidget *window = gtk_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP);

  for (Socket socket = 0; socket < N_SOCKETS; socket++)
    {
      g_autofree char *heading
          = g_strdup_printf ("%s · %s", headings[socket].chinese, headings[socket].english);
      gtk_box_append (GTK_BOX (box), new_label (heading, "heading", 0));
      if (socket == SOCKET_CARD)
        gtk_box_append (GTK_BOX (box), new_resident_list (tray));
      gtk_box_append (GTK_BOX (box), new_button_grid (tray, socket));
      if (socket == SOCKET_CAMERA)
        gtk_box_append (GTK_BOX (box),
                        new_phone_button (tray, "pay-code", "亮付款码", "Show a payment code"));
    }
  tray->outcome = GTK_LABEL (new_label ("", NULL, 0));
  gtk_label_set_max_width_chars (tray->outcome, NOTE_CHARS_MAX);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (tray->outcome));
  gtk_widget_set_margin_top (box, GAP);
  gtk_widget_set_margin_bottom (box, GAP);
  gtk_widget_set_margin_start (box, GAP);
  gtk_widget_set_margin_end (box, GAP);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), "居民 · 演示 Jumin tray");
  gtk_window_set_default_size (GTK_WINDOW (window), WINDOW_WIDTH, WINDOW_HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
}

static gboolean
parse_options (Tray *tray, char **residents, int *argc, char ***argv, GError **error)
{
  GOptionEntry options[] = {
    { "card", 0, 0, G_OPTION_ARG_FILENAME, &tray->paths[SOCKET_CARD],
      "Control socket of jumin-peer-card", "SOCKET" },
    { "camera", 0, 0, G_OPTION_ARG_FILENAME, &tray->paths[SOCKET_CAMERA],
      "Control socket of jumin-peer-camera", "SOCKET" },
    { "phone", 0, 0, G_OPTION_ARG_FILENAME, &tray->phone,
      "What draws a telephone with a code: TEXT OUT.png", "PROGRAM" },
    { "printer", 0, 0, G_OPTION_ARG_FILENAME, &tray->paths[SOCKET_PRINTER],
      "Control socket of jumin-peer-ticket-printer", "SOCKET" },
    { "sheets", 0, 0, G_OPTION_ARG_FILENAME, &tray->paths[SOCKET_SHEETS],
      "Control socket of jumin-peer-ipp-printer", "SOCKET" },
    { "platform", 0, 0, G_OPTION_ARG_FILENAME, &tray->paths[SOCKET_PLATFORM],
      "Control socket of jumin-sandbox", "SOCKET" },
    { "residents", 0, 0, G_OPTION_ARG_FILENAME, residents, "Whose cards there are", "FILE" },
    { NULL },
  };
  g_autoptr (GOptionContext) context
      = g_option_context_new ("- put cards in and take paper out in a demonstration of Jumin");

  g_option_context_add_main_entries (context, options, NULL);
  g_option_context_set_description (
      context, "Each button sends one line to a control socket; what is not given is grey. The\n"
               "kiosk itself is never spoken to.\n");
  return g_option_context_parse (context, argc, argv, error);
}

int
main (int argc, char **argv)
{
  Tray tray = { 0 };
  g_autofree char *residents
      = g_build_filename (JUMIN_PKGDATADIR, "sandbox", "residents.json", NULL);
  g_autoptr (GError) error = NULL;

  if (!parse_options (&tray, &residents, &argc, &argv, &error)
      || (tray.residents = jumin_tray_load_residents (residents, &error)) == NULL)
    {
      g_printerr ("jumin-tray: %s\n", error->message);
      return 2;
    }
  g_autoptr (GtkApplication) application
      = gtk_application_new ("cn.jumin.Tray", G_APPLICATION_NON_UNIQUE);
  tray.cancellable = g_cancellable_new ();
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), &tray);
  int exit_code = g_application_run (G_APPLICATION (application), 1, argv);

  g_cancellable_cancel (tray.cancellable);
  g_object_unref (tray.cancellable);
  g_ptr_array_unref (tray.residents);
  for (Socket socket = 0; socket < N_SOCKETS; socket++)
    g_free (tray.paths[socket]);
  g_free (tray.phone);
  return exit_code;
}
