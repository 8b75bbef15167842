/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The invented hall that the fixtures of the screen show. */
#include "scenes.h"

typedef struct
{
  const char *id, *icon, *family, *counters;
  JuminText name, long_name, closed_reason;
  int waiting, windows_open, wait_min, wait_max;
  JuminIdentify identify;
} SampleMatter;

/* clang-format off */
static const SampleMatter matters[] = {
  { .id = "general", .icon = "queue", .family = "queue", .counters = "5–8",
    .name = { (char *)"综合受理", (char *)"General matters" },
    .long_name = { (char *)"企业开办与变更登记综合受理", (char *)"Opening or changing a company" },
    .waiting = 6, .windows_open = 4, .wait_min = 10, .wait_max = 15,
    .identify = JUMIN_IDENTIFY_OPTIONAL },
  { .id = "insurance", .icon = "card", .family = "cert", .counters = "9–12",
    .name = { (char *)"社保医保", (char *)"Social and medical insurance" },
    .long_name = { (char *)"城乡居民基本医疗保险参保登记", (char *)"Residents' medical insurance" },
    .waiting = 14, .windows_open = 3, .wait_min = 25, .wait_max = 40,
    .identify = JUMIN_IDENTIFY_ALWAYS },
  { .id = "fund", .icon = "fund", .family = "fund", .counters = "13、14",
    .name = { (char *)"公积金", (char *)"Provident fund" },
    .long_name = { (char *)"住房公积金提取和贷款", (char *)"Provident fund: withdrawals, loans" },
    .waiting = 3, .windows_open = 2, .wait_min = 5, .wait_max = 10,
    .identify = JUMIN_IDENTIFY_ALWAYS },
  { .id = "property", .icon = "estate", .family = "water", .counters = "15–17",
    .name = { (char *)"不动产登记", (char *)"Real estate" },
    .long_name = { (char *)"不动产登记、交易和税费缴纳", (char *)"Real estate: registration, taxes" },
    .waiting = 9, .windows_open = 3, .wait_min = 15, .wait_max = 20,
    .identify = JUMIN_IDENTIFY_OPTIONAL },
  { .id = "tax", .icon = "bill", .family = "bill", .counters = "18",
    .name = { (char *)"税务", (char *)"Taxes" },
    .long_name = { (char *)"个人所得税和社会保险费缴纳", (char *)"Income tax and contributions" },
    .waiting = 0, .windows_open = 1, .wait_min = 0, .wait_max = 5,
    .identify = JUMIN_IDENTIFY_OPTIONAL },
  { .id = "marriage", .icon = "cert", .family = "gas", .counters = "",
    .name = { (char *)"婚姻登记", (char *)"Marriage registration" },
    .long_name = { (char *)"婚姻登记与补领婚姻登记证", (char *)"Marriage registration" },
    .closed_reason = { (char *)"今天的号发完了", (char *)"No numbers left today" },
    .identify = JUMIN_IDENTIFY_ALWAYS },
};

static const JuminMachine machines[] = {
  { .id = (char *)"T-0002", .name = { (char *)"2 号机", (char *)"Machine 2" },
    .place = { (char *)"一楼电梯旁", (char *)"beside the lift, ground floor" }, .metres = 20 },
  { .id = (char *)"T-0005", .name = { (char *)"5 号机", (char *)"Machine 5" },
    .place = { (char *)"二楼电梯口", (char *)"at the lift, upper floor" }, .metres = 60 },
};

static const JuminText papers[] = {
  { (char *)"本人身份证或社会保障卡", (char *)"Your identity card or social-security card" },
  { (char *)"户口簿原件", (char *)"The household register" },
  { (char *)"银行卡（本人名下）", (char *)"A bank card in your name" },
  { (char *)"填好的申请表一份", (char *)"One application form, filled in" },
};
/* clang-format on */

static JuminMatter *
sample_matter (const SampleMatter *sample)
{
  JuminMatter *matter = jumin_matter_new ();

  matter->id = g_strdup (sample->id);
  matter->icon = g_strdup (sample->icon);
  matter->family = g_strdup (sample->family);
  matter->counters = g_strdup (sample->counters);
  jumin_text_copy (&matter->name, &sample->name);
  jumin_text_set (&matter->place, "一楼 B 区", "First floor, area B");
  jumin_text_set (&matter->hours, "周一至周五 9:00–12:00", "Mon–Fri 9:00–12:00");
  matter->waiting = sample->waiting;
  matter->windows_open = sample->windows_open;
  matter->wait_min = sample->wait_min;
  matter->wait_max = sample->wait_max;
  matter->identify = sample->identify;
  matter->open = sample->closed_reason.zh == NULL;
  if (!matter->open)
    {
      jumin_text_copy (&matter->closed_reason, &sample->closed_reason);
      matter->reopens_at = JUMIN_SAMPLE_NOW + (22 * 60 + 34) * 60; /* tomorrow at nine */
    }
  for (gsize i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      JuminText *paper = g_new0 (JuminText, 1);

      jumin_text_copy (paper, &papers[i]);
      g_ptr_array_add (matter->papers, paper);
    }
  return matter;
}

JuminHall *
jumin_sample_hall (void)
{
  JuminHall *hall = jumin_hall_new ();

  jumin_text_set (&hall->name, "临江区政务服务中心", "Linjiang Government Service Center");
  hall->as_of = JUMIN_SAMPLE_NOW - 30;
  hall->priority_age = 60;
  hall->waiting = 32;
  hall->windows_open = 13;
  hall->wait_min = 5;
  hall->wait_max = 40;
  for (gsize i = 0; i < G_N_ELEMENTS (matters); i++)
    g_ptr_array_add (hall->matters, sample_matter (&matters[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (machines); i++)
    g_ptr_array_add (hall->machines, jumin_machine_copy (&machines[i]));
  g_ptr_array_add (hall->calls, jumin_call_new ("A022", "5"));
  g_ptr_array_add (hall->calls, jumin_call_new ("B107", "12"));
  g_ptr_array_add (hall->calls, jumin_call_new ("Y003", "9"));
  return hall;
}

/**
 * jumin_sample_long_names:
 *
 * Gives every matter the longest name that a hall's queue system holds, and three-digit queues.
 */
void
jumin_sample_long_names (JuminHall *hall)
{
  hall->waiting = 318;
  hall->wait_max = 120;
  for (guint i = 0; i < hall->matters->len; i++)
    {
      JuminMatter *matter = hall->matters->pdata[i];

      jumin_text_clear (&matter->name);
      jumin_text_copy (&matter->name, &matters[i].long_name);
      if (!matter->open)
        continue;
      matter->waiting += 100;
      matter->wait_min += 60;
      matter->wait_max += 80;
    }
  for (guint i = 0; i < hall->machines->len; i++)
    {
      JuminMachine *machine = hall->machines->pdata[i];

      machine->metres += 100;
      jumin_text_clear (&machine->place);
      jumin_text_set (&machine->place, "二楼不动产登记大厅自助服务区",
                      "self-service area of the real-estate hall, upper floor");
    }
}

/**
 * jumin_sample_ticket:
 * @matter: id of one of the hall's matters
 * @number: what stands on it
 *
 * Returns: (transfer full): a number for @matter
 */
JuminTicket *
jumin_sample_ticket (const JuminHall *hall, const char *matter, const char *number)
{
  const JuminMatter *from = jumin_hall_find_matter (hall, matter);
  JuminTicket *ticket = jumin_ticket_new ();

  g_assert_nonnull (from);
  ticket->number = g_strdup (number);
  ticket->flow = g_strdup_printf ("20261121-%s", number);
  ticket->matter = g_strdup (matter);
  ticket->counters = g_strdup (from->counters);
  ticket->progress_url = g_strdup ("https://queue.example/p/7f3a91c2");
  ticket->masked_number = g_strdup ("5001************23");
  jumin_text_copy (&ticket->name, &from->name);
  jumin_text_copy (&ticket->place, &from->place);
  ticket->ahead = from->waiting;
  ticket->wait_min = from->wait_min;
  ticket->wait_max = from->wait_max;
  ticket->as_of = JUMIN_SAMPLE_NOW - 5;
  ticket->issued_at = JUMIN_SAMPLE_NOW - 5;
  return ticket;
}

/**
 * jumin_sample_today:
 *
 * Returns: (transfer full): what waits for a person today
 */
JuminToday *
jumin_sample_today (const JuminHall *hall, guint tickets, guint appointments)
{
  JuminToday *today = jumin_today_new ();

  for (guint i = 0; i < tickets; i++)
    {
      g_autofree char *number = g_strdup_printf ("A%03u", 23 + i);

      g_ptr_array_add (today->tickets, jumin_sample_ticket (hall, matters[i].id, number));
    }
  for (guint i = 0; i < appointments; i++)
    {
      JuminAppointment *appointment = jumin_appointment_new ();
      const JuminMatter *matter = g_ptr_array_index (hall->matters, 2 + i);

      appointment->id = g_strdup_printf ("appointment-%u", i);
      appointment->matter = g_strdup (matter->id);
      jumin_text_copy (&appointment->name, &matter->name);
      appointment->begins_at = JUMIN_SAMPLE_NOW + (4 + i) * G_GINT64_CONSTANT (3600) - 26 * 60;
      appointment->ends_at = appointment->begins_at + 3600;
      appointment->take_from = appointment->begins_at - 15 * 60;
      appointment->take_until = appointment->ends_at + 15 * 60;
      g_ptr_array_add (today->appointments, appointment);
    }
  return today;
}
