/**
 * Standard MIDI File bytes into columns of notes and events, whatever their state.
 *
 * <p>{@link dev.midstream.midi.MidiParser} is the door: bytes in, filled {@link
 * dev.midstream.midi.MidiColumns} and a {@link dev.midstream.midi.ParseOutcome} out. Content never
 * raises an exception. Nothing here knows Beam, files or the database. Section numbers in comments
 * are those of the Standard MIDI Files 1.0 specification (RP-001).
 */
package dev.midstream.midi;
