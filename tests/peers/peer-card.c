/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jumin-peer-card: a card that the control socket puts into a virtual reader and pulls out again.
 *
 * Inserting is connecting to the reader's socket, pulling is closing it. Frames: two bytes of
 * length, most significant first, then the payload; a payload of one byte is power off (0), power
 * on (1), reset (2) or "give the ATR" (4), a longer one a command. */
#include "card-chip.h"
#include "control.h"

#include <gio/gunixsocketaddress.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  FRAME_HEADER = 2,
  FRAME_PAYLOAD_MAX = 512, /* longer than any short APDU */
  SLOW_MS_MAX = 60000,
  MORE_TIME_MS = 500, /* how often a card that hangs asks for more time */
  AGAIN_MS = 20,      /* how often a card that lies there looks for its reader */
  CARD_POWER_OFF = 0,
  CARD_POWER_ON = 1,
  CARD_RESET = 2,
  CARD_GET_ATR = 4
};

typedef struct
{
  GMainLoop *loop;
  char *reader_path;
  GPtrArray *sheets;
  const JuminSheet *sheet; /* what lies in the reader, or NULL */
  GSocket *link;
  GSource *readable;
  guint8 received[FRAME_HEADER + FRAME_PAYLOAD_MAX];
  gsize n_received;
  JuminChip chip;
  JuminFault fault; /* from the control socket; goes before the profile's */
  gboolean powered;
  guint n_commands, slow_ms;
  guint answer_timer;                   /* of a slow card, or of one that hangs */
  guint again_timer;                    /* the reader has gone */
  guint8 answer[JUMIN_CHIP_ANSWER_MAX]; /* what a slow card is about to say */
  gsize n_answer;
  gint64 inserted_us, answered_us; /* monotonic: the card; its last command */
} CardPeer;

static void
close_link (CardPeer *self)
{
  g_clear_handle_id (&self->answer_timer, g_source_remove);
  if (self->readable != NULL)
    g_source_destroy (self->readable);
  g_clear_pointer (&self->readable, g_source_unref);
  if (self->link != NULL)
    g_socket_close (self->link, NULL);
  g_clear_object (&self->link);
  self->powered = FALSE;
  self->n_received = 0;
}

static void
eject (CardPeer *self)
{
  g_clear_handle_id (&self->again_timer, g_source_remove);
  close_link (self);
  self->sheet = NULL;
}

/* What is wrong now: a fault can begin later. */
static JuminFault
current_fault (CardPeer *self)
{
  JuminFault fault = self->fault.kind != JUMIN_FAULT_NONE ? self->fault : self->sheet->fault;

  return self->n_commands >= fault.from ? fault : (JuminFault){ JUMIN_FAULT_NONE };
}

static void lose_reader (CardPeer *self);

static void
send_frame (CardPeer *self, const guint8 *payload, gsize length)
{
  guint8 frame[FRAME_HEADER + JUMIN_CHIP_ANSWER_MAX] = { (guint8)(length >> 8), (guint8)length };

  if (length > 0)
    memcpy (frame + FRAME_HEADER, payload, length);
  if (g_socket_send (self->link, (char *)frame, FRAME_HEADER + length, NULL, NULL) < 0)
    lose_reader (self);
}

static gboolean
on_slow_answer (gpointer data)
{
  CardPeer *self = data;

  self->answer_timer = 0;
  send_frame (self, self->answer, self->n_answer);
  return G_SOURCE_REMOVE;
}

/* A frame without a payload: the card works, the reader shall not give up. */
static gboolean
on_more_time (gpointer data)
{
  CardPeer *self = data;

  self->answer_timer = g_timeout_add (MORE_TIME_MS, on_more_time, self);
  send_frame (self, NULL, 0);
  return G_SOURCE_REMOVE;
}

static void
serve_command (CardPeer *self, const guint8 *command, gsize length)
{
  self->n_commands++;
  self->chip.fault = current_fault (self);
  if (self->chip.fault.kind == JUMIN_FAULT_PULL && self->n_commands >= self->chip.fault.value)
    {
      eject (self);
      return;
    }
  self->n_answer = jumin_chip_answer (&self->chip, command, length, self->answer);
  g_clear_handle_id (&self->answer_timer, g_source_remove);
  if (self->chip.fault.kind == JUMIN_FAULT_HANG)
    self->answer_timer = g_timeout_add (MORE_TIME_MS, on_more_time, self);
  else if (self->n_answer > 0 && self->slow_ms == 0)
    {
      send_frame (self, self->answer, self->n_answer);
      self->answered_us = g_get_monotonic_time ();
    }
  else if (self->n_answer > 0)
    self->answer_timer = g_timeout_add (self->slow_ms, on_slow_answer, self);
}

static void
send_atr (CardPeer *self)
{
  static const guint8 none[JUMIN_SHEET_ATR_MAX + 1] = { 0 }; /* too long to be one */
  static const guint8 garbage[] = { 0x4A, 0x55, 0x4D, 0x49, 0x4E };

  switch (current_fault (self).kind)
    {
    case JUMIN_FAULT_NO_ATR:
      send_frame (self, none, sizeof none);
      if (self->fault.value > 0 && --self->fault.value == 0)
        self->fault.kind = JUMIN_FAULT_NONE;
      break;
    case JUMIN_FAULT_GARBAGE_ATR:
      send_frame (self, garbage, sizeof garbage);
      break;
    default:
      send_frame (self, self->sheet->atr, self->sheet->atr_length);
      break;
    }
}

static void
serve_control (CardPeer *self, guint8 control)
{
  switch (control)
    {
    case CARD_POWER_OFF:
    case CARD_POWER_ON:
    case CARD_RESET:
      g_clear_handle_id (&self->answer_timer, g_source_remove);
      self->powered = control != CARD_POWER_OFF;
      jumin_chip_reset (&self->chip, self->sheet, current_fault (self));
      break;
    case CARD_GET_ATR:
      send_atr (self);
      break;
    default:
      break;
    }
}

static void
serve_frames (CardPeer *self)
{
  while (self->link != NULL && self->n_received >= FRAME_HEADER)
    {
      guint8 payload[FRAME_PAYLOAD_MAX];
      gsize length = (gsize)self->received[0] << 8 | self->received[1];
      if (length > FRAME_PAYLOAD_MAX)
        {
          eject (self);
          return;
        }
      if (self->n_received < FRAME_HEADER + length)
        return;
      memcpy (payload, self->received + FRAME_HEADER, length);
      self->n_received -= FRAME_HEADER + length;
      memmove (self->received, self->received + FRAME_HEADER + length, self->n_received);
      if (length == 1)
        serve_control (self, payload[0]);
      else
        serve_command (self, payload, length);
    }
}

static gboolean
on_link_readable (GSocket *link, GIOCondition condition, gpointer data)
{
  CardPeer *self = data;
  gssize n = g_socket_receive (link, (char *)self->received + self->n_received,
                               sizeof self->received - self->n_received, NULL, NULL);

  if (n <= 0)
    {
      lose_reader (self);
      return G_SOURCE_REMOVE;
    }
  self->n_received += (gsize)n;
  serve_frames (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
connect_reader (CardPeer *self, GError **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->reader_path);

  self->link
      = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  if (self->link == NULL)
    return FALSE;
  g_socket_set_blocking (self->link, FALSE);
  if (!g_socket_connect (self->link, address, NULL, error))
    {
      g_clear_object (&self->link);
      return FALSE;
    }
  self->readable = g_socket_create_source (self->link, G_IO_IN, NULL);
  g_source_set_callback (self->readable, G_SOURCE_FUNC (on_link_readable), self, NULL);
  g_source_attach (self->readable, NULL);
  return TRUE;
}

static gboolean
insert (CardPeer *self, const JuminSheet *sheet, GError **error)
{
  eject (self);
  self->inserted_us = g_get_monotonic_time ();
  if (!connect_reader (self, error))
    return FALSE;
  self->sheet = sheet;
  self->n_commands = 0;
  jumin_chip_reset (&self->chip, sheet, current_fault (self));
  return TRUE;
}

static gboolean
on_again (gpointer data)
{
  CardPeer *self = data;

  if (!connect_reader (self, NULL))
    return G_SOURCE_CONTINUE;
  self->again_timer = 0;
  return G_SOURCE_REMOVE;
}

/* The reader has gone; the card goes on lying in it. */
static void
lose_reader (CardPeer *self)
{
  close_link (self);
  if (self->again_timer == 0)
    self->again_timer = g_timeout_add (AGAIN_MS, on_again, self);
}

/* The commands of the control socket: one row, one function. */

static void
do_insert (CardPeer *self, JuminControlClient *client, const char *argument)
{
  const JuminSheet *sheet = jumin_sheets_find (self->sheets, argument);
  g_autoptr (GError) error = NULL;

  if (sheet == NULL)
    jumin_control_reply (client, "error no such card; \"list\" tells them");
  else if (!insert (self, sheet, &error))
    jumin_control_reply (client, "error %s", error->message);
  else
    jumin_control_reply (client, "ok");
}

static void
do_eject (CardPeer *self, JuminControlClient *client, const char *argument)
{
  eject (self);
  jumin_control_reply (client, "ok");
}

static void
do_list (CardPeer *self, JuminControlClient *client, const char *argument)
{
  g_autoptr (GString) ids = g_string_new ("ok");

  for (guint i = 0; i < self->sheets->len; i++)
    g_string_append_printf (ids, " %s", ((JuminSheet *)self->sheets->pdata[i])->id);
  jumin_control_reply (client, "%s", ids->str);
}

static void
do_status (CardPeer *self, JuminControlClient *client, const char *argument)
{
  jumin_control_reply (client,
                       "ok card=%s powered=%d commands=%u slow=%u inserted_us=%" G_GINT64_FORMAT
                       " answered_us=%" G_GINT64_FORMAT,
                       self->sheet ? self->sheet->id : "-", self->powered, self->n_commands,
                       self->slow_ms, self->inserted_us, self->answered_us);
}

static void
do_fault (CardPeer *self, JuminControlClient *client, const char *argument)
{
  if (jumin_fault_parse (argument, &self->fault))
    jumin_control_reply (client, "ok");
  else
    jumin_control_reply (client, "error no such fault; tests/peers/README.md has them all");
}

static void
do_slow (CardPeer *self, JuminControlClient *client, const char *argument)
{
  guint64 ms;

  if (!g_ascii_string_to_unsigned (argument, 10, 0, SLOW_MS_MAX, &ms, NULL))
    {
      jumin_control_reply (client, "error slow takes 0 to %d ms", SLOW_MS_MAX);
      return;
    }
  self->slow_ms = (guint)ms;
  jumin_control_reply (client, "ok");
}

static void
do_quit (CardPeer *self, JuminControlClient *client, const char *argument)
{
  jumin_control_reply (client, "ok");
  g_main_loop_quit (self->loop);
}

static const struct
{
  const char *name;
  void (*act) (CardPeer *self, JuminControlClient *client, const char *argument);
} commands[] = {
  { "insert", do_insert }, { "eject", do_eject }, { "list", do_list }, { "status", do_status },
  { "fault", do_fault },   { "slow", do_slow },   { "quit", do_quit },
};

static void
on_command (JuminControlClient *client, const char *command, const char *argument, gpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, command) == 0)
      {
        commands[i].act (data, client, argument);
        return;
      }
  jumin_control_reply (client, "error commands are: insert ID, eject, list, status, fault …, "
                               "slow MS, quit");
}

static int
serve (CardPeer *self, const char *control_path, const char *first)
{
  g_autoptr (GError) error = NULL;
  const JuminSheet *sheet = first ? jumin_sheets_find (self->sheets, first) : NULL;
  g_autoptr (JuminControl) control = jumin_control_new (control_path, on_command, self, &error);

  if (control == NULL || (sheet != NULL && !insert (self, sheet, &error)))
    {
      g_printerr ("jumin-peer-card: %s\n", error->message);
      return EXIT_FAILURE;
    }
  if (first != NULL && sheet == NULL)
    {
      g_printerr ("jumin-peer-card: there is no card '%s'\n", first);
      return EXIT_FAILURE;
    }
  g_print ("ready %s\n", control_path);
  fflush (stdout);
  g_main_loop_run (self->loop);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  CardPeer self = { 0 };
  g_autofree char *control = NULL, *first = NULL;
  g_autofree char *cards = jumin_peer_dup_data ("cards.json");
  g_autofree char *residents = jumin_peer_dup_data ("residents.json");
  g_autoptr (GError) error = NULL;
  GOptionEntry options[] = {
    { "reader", 0, 0, G_OPTION_ARG_FILENAME, &self.reader_path, "The reader's card socket",
      "SOCKET" },
    { "control", 0, 0, G_OPTION_ARG_FILENAME, &control, "Where to listen for commands", "SOCKET" },
    { "cards", 0, 0, G_OPTION_ARG_FILENAME, &cards, "Profiles, and cards of one's own", "FILE" },
    { "residents", 0, 0, G_OPTION_ARG_FILENAME, &residents, "Residents and their cards", "FILE" },
    { "insert", 0, 0, G_OPTION_ARG_STRING, &first, "Card that is in from the start", "ID" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- a virtual social-security card");
  int exit_code = EXIT_FAILURE;

  g_option_context_add_main_entries (context, options, NULL);
  g_option_context_set_description (
      context, "Commands: insert ID, eject, list, status, fault WORD, slow MS, quit. Ends on\n"
               "SIGTERM and with its parent.\n");
  if (!g_option_context_parse (context, &argc, &argv, &error) || self.reader_path == NULL
      || control == NULL)
    {
      g_printerr ("jumin-peer-card: %s\n",
                  error ? error->message : "--reader and --control are needed");
      g_free (self.reader_path);
      return 2;
    }
  self.loop = g_main_loop_new (NULL, FALSE);
  jumin_peer_end_with_parent (self.loop);
  self.sheets = jumin_sheets_load (cards, residents, &error);
  if (self.sheets != NULL)
    exit_code = serve (&self, control, first);
  else
    g_printerr ("jumin-peer-card: %s\n", error->message);
  eject (&self);
  g_clear_pointer (&self.sheets, g_ptr_array_unref);
  g_main_loop_unref (self.loop);
  g_free (self.reader_path);
  return exit_code;
}
