/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jumin-sandbox: a platform on loopback, with an invented hall and invented people. It prints
 * "ready https://127.0.0.1:PORT" when it listens, and is told what to do wrong on DIR/control. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>

#include "control.h"
#include "sandbox/commands.h"
#include "sandbox/keys.h"

static char *state, *city_file, *residents_file, *bills_file;
static int port;
static double speed = 1;
static gboolean die_with_parent, show_version;

static const GOptionEntry options[] = {
  { "state", 0, 0, G_OPTION_ARG_FILENAME, &state, "Folder of keys, ledger and control socket",
    "DIR" },
  { "port", 0, 0, G_OPTION_ARG_INT, &port, "Port on loopback, 0 for any", "N" },
  { "city", 0, 0, G_OPTION_ARG_FILENAME, &city_file, "The hall", "FILE" },
  { "residents", 0, 0, G_OPTION_ARG_FILENAME, &residents_file, "The people", "FILE" },
  { "bills", 0, 0, G_OPTION_ARG_FILENAME, &bills_file, "What they owe; bills.json beside the hall",
    "FILE" },
  { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &speed, "Queues move so many times faster", "N" },
  { "die-with-parent", 0, 0, G_OPTION_ARG_NONE, &die_with_parent, "End when the parent ends",
    NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, "Print the version", NULL },
  { NULL },
};

static gboolean
open_doors (JuminSandbox *self, GError **error)
{
  const char *terminal = self->city->terminal;
  g_autofree char *url = NULL;

  self->registry = jumin_registry_new (state, terminal, self->platform.clock, error);
  if (self->registry == NULL)
    return FALSE;
  self->gate
      = jumin_gate_new (state, self->registry, self->platform.store, self->platform.clock, error);
  if (self->gate == NULL)
    return FALSE;
  self->codes = jumin_city_codes_new (state, self->city, self->platform.clock, error);
  if (self->codes == NULL)
    return FALSE;
  self->platform.codes = jumin_city_code_desk_new (self->codes, self->platform.clock);
  self->platform.gate = self->gate;
  self->platform.state = state;
  self->platform.staff = &self->staff;
  self->desk = jumin_desk_new (state, self->city, self->gate, self->registry, self->platform.clock);
  self->server
      = jumin_server_new (state, &self->platform, self->gate, self->desk, (guint)port, error);
  if (self->server == NULL)
    return FALSE;
  url = g_strdup_printf ("https://127.0.0.1:%u/v1", jumin_server_get_port (self->server));
  jumin_desk_set_url (self->desk, url);
  return jumin_keys_write_config (state, terminal, jumin_server_get_port (self->server),
                                  jumin_server_get_desk_port (self->server), error);
}

/* What is owed in the city stands beside it. */
static gboolean
open_pay_desk (JuminSandbox *self, const char *city, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (city);
  g_autofree char *beside = g_build_filename (folder, "bills.json", NULL);

  self->platform.pay = jumin_pay_desk_new (bills_file != NULL ? bills_file : beside,
                                           self->city->utc_offset_min, self->platform.store, error);
  return self->platform.pay != NULL;
}

static gboolean
build (JuminSandbox *self, GError **error)
{
  g_autofree char *ledger = g_build_filename (state, "ledger.db", NULL);
  g_autofree char *control = g_build_filename (state, "control", NULL);

  const char *city = city_file != NULL ? city_file : JUMIN_PKGDATADIR "/sandbox/city.json";

  self->city = jumin_city_load (
      city, residents_file != NULL ? residents_file : JUMIN_PKGDATADIR "/sandbox/residents.json",
      error);
  if (self->city == NULL)
    return FALSE;
  if (g_mkdir_with_parents (state, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Making '%s' failed", state);
      return FALSE;
    }
  if (!jumin_keys_ensure (state, self->city->terminal, error))
    return FALSE;
  self->platform.city = self->city;
  self->platform.clock = jumin_clock_new (speed);
  self->platform.store = jumin_store_new (ledger, error);
  if (self->platform.store == NULL || !open_pay_desk (self, city, error))
    return FALSE;
  self->platform.queue = jumin_queue_new (self->city, self->platform.store, self->platform.clock);
  jumin_queue_start (self->platform.queue);
  self->platform.logins = jumin_logins_new (self->city, self->platform.clock);
  return open_doors (self, error)
         && (self->control = jumin_control_new (control, jumin_sandbox_run_command, self, error))
                != NULL;
}

static void
clear (JuminSandbox *self)
{
  g_clear_pointer (&self->control, jumin_control_free);
  g_clear_object (&self->server);
  g_clear_pointer (&self->desk, jumin_desk_free);
  g_clear_pointer (&self->gate, jumin_gate_free);
  g_clear_pointer (&self->registry, jumin_registry_free);
  g_clear_pointer (&self->platform.codes, jumin_city_code_desk_free);
  g_clear_pointer (&self->codes, jumin_city_codes_free);
  g_clear_pointer (&self->platform.logins, jumin_logins_free);
  g_clear_pointer (&self->platform.queue, jumin_queue_free);
  g_clear_pointer (&self->platform.pay, jumin_pay_desk_free);
  g_clear_pointer (&self->platform.store, jumin_store_free);
  g_clear_object (&self->platform.clock);
  g_clear_pointer (&self->city, jumin_city_free);
  g_clear_pointer (&self->loop, g_main_loop_unref);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- a platform to try Jumin with");
  g_autoptr (GError) error = NULL;
  JuminSandbox self = { .loop = g_main_loop_new (NULL, FALSE) };
  int status = 0;

  umask (0077);
  /* The one way to tell GLib's TLS which versions there are; before any thread begins. */
  g_setenv ("G_TLS_GNUTLS_PRIORITY", "NORMAL:-VERS-ALL:+VERS-TLS1.3", TRUE);
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || speed <= 0
      || (state == NULL && !show_version))
    {
      g_printerr ("jumin-sandbox: %s\n", error != NULL ? error->message : "--state is wanted");
      clear (&self);
      return 2;
    }
  if (show_version)
    g_print ("jumin-sandbox %s\n", JUMIN_VERSION);
  else if (build (&self, &error))
    {
      if (die_with_parent)
        jumin_peer_end_with_parent (self.loop);
      g_print ("ready https://127.0.0.1:%u\n", jumin_server_get_port (self.server));
      fflush (stdout);
      g_main_loop_run (self.loop);
    }
  else
    {
      g_printerr ("jumin-sandbox: %s\n", error->message);
      status = 1;
    }
  clear (&self);
  return status;
}
