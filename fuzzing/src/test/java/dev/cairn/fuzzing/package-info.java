/**
 * What every decoder is given that no program of ours would write. Each method marked as a fuzz
 * test is a target: it is run on the inputs under its name in the resources, and by the fuzzer on
 * what the fuzzer makes of them.
 */
package dev.cairn.fuzzing;
