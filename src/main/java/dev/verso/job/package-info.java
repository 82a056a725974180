/**
 * The queue's workers: they claim documents, keep their leases, write what the documents became.
 *
 * <p>What enters: a {@link dev.verso.store.JobStore} and somebody who does the {@link
 * dev.verso.job.JobWork}. A document is finished exactly once, whichever process dies; what was
 * accepted is never lost. Errors of a document are its owner's to read and end no worker.
 */
package dev.verso.job;
