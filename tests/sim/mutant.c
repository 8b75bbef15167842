/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An interlock that misses what it is told to miss: the linker puts it before the real one. */
#include "mutant.h"

#include "journey/interlock.h"

static JuminInterlockFaults missed;

JuminInterlockFaults __wrap_jumin_interlock_find_faults (const JuminPaperTurn *turn,
                                                         JuminIdentity *holder,
                                                         const JuminDocument *document,
                                                         GBytes *pdf);
JuminInterlockFaults __real_jumin_interlock_find_faults (const JuminPaperTurn *turn,
                                                         JuminIdentity *holder,
                                                         const JuminDocument *document,
                                                         GBytes *pdf);
JuminInterlockFaults __wrap_jumin_interlock_find_early_faults (const JuminPaperTurn *turn,
                                                               JuminIdentity *holder,
                                                               const JuminDocument *document);
JuminInterlockFaults __real_jumin_interlock_find_early_faults (const JuminPaperTurn *turn,
                                                               JuminIdentity *holder,
                                                               const JuminDocument *document);

JuminInterlockFaults
__wrap_jumin_interlock_find_faults (const JuminPaperTurn *turn, JuminIdentity *holder,
                                    const JuminDocument *document, GBytes *pdf)
{
  return __real_jumin_interlock_find_faults (turn, holder, document, pdf) & ~missed;
}

JuminInterlockFaults
__wrap_jumin_interlock_find_early_faults (const JuminPaperTurn *turn, JuminIdentity *holder,
                                          const JuminDocument *document)
{
  return __real_jumin_interlock_find_early_faults (turn, holder, document) & ~missed;
}

static JuminInterlockFaults
find_fault (const char *word)
{
  for (guint fault = JUMIN_INTERLOCK_HOLDER; fault <= JUMIN_INTERLOCK_BYTES; fault <<= 1)
    if (g_str_equal (jumin_interlock_get_word (fault), word))
      return fault;
  return 0;
}

gboolean
sim_mutate (char **without)
{
  gboolean known = without != NULL;

  for (; known && *without != NULL; without++)
    {
      JuminInterlockFaults fault = find_fault (*without);

      known = fault != 0;
      missed |= fault;
    }
  return known;
}
