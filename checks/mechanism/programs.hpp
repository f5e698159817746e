// The programs, by what they are about. Each is one execution: it starts its threads, joins them, and asserts.
#pragma once

namespace rota::checks::mechanism {

// task_programs.cpp: the state machine of a task's word
void a_wake_meets_the_commit();
void two_wakes_meet_the_commit();
void a_wake_and_a_cancel_meet_the_commit();
void a_stale_wake_meets_the_next_suspension();
void a_shutdown_meets_a_wake();
void a_shutdown_meets_a_reused_slot();

// slot_programs.cpp: slots and their next lives
void a_stale_waker_meets_a_reused_slot();
void two_threads_get_two_slots();
void counters_never_run_ahead();

// fork_programs.cpp: parts that are forked, taken back and stolen
void a_fork_meets_a_thief();
void a_thief_forks_and_is_helped();

// join_programs.cpp: join handles and cancellation
void an_end_meets_a_join();
void an_end_meets_a_detach();
void an_end_meets_a_cancel();
void a_suspension_meets_a_cancel();
void an_end_meets_a_task_that_joins();
void an_end_meets_a_withdrawn_join();
void a_set_meets_a_cancel();
void a_send_meets_a_cancel();
void a_release_meets_a_cancel();

// parking_programs.cpp: idle set and parking
void an_announcement_has_one_end();
void two_claims_get_two_workers();
void a_sleep_meets_a_submit();
void a_sleep_meets_two_submits();
void a_claim_that_fails_meets_a_submit();
void two_tasks_need_two_workers();

// seat_programs.cpp: who drives the reactor, and time-outs
void a_driver_leaves_when_a_timer_comes();
void an_earlier_timer_shortens_the_poll();
void an_interrupt_meets_a_poll();
void a_completion_meets_a_cancel();
void an_event_meets_its_timeout();

// sync_programs.cpp: what tasks wait for each other with
void a_set_meets_a_wait();
void one_set_wakes_two();
void a_set_meets_a_withdrawn_wait();
void a_set_meets_a_crowd_that_one_leaves();
void a_withdrawn_wait_meets_the_waits_after_a_reset();
void two_tasks_share_a_permit();
void a_release_meets_a_withdrawn_acquire();
void a_send_meets_a_receive();
void a_send_meets_a_withdrawn_receive();
void a_full_channel_meets_a_receive();
void a_close_meets_a_receive();
void a_latch_opens_for_both();

// shutdown_programs.cpp: the gate, and whole runtimes with one worker
void a_spawn_meets_the_gate();
void a_visit_meets_the_end();
void a_spawn_from_outside_is_run();
void a_shutdown_meets_a_spawn();
void a_shutdown_meets_a_wake_from_outside();

}  // namespace rota::checks::mechanism
