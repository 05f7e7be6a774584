package io.swarmstream.shell.service;

/**
 * Who calls the service.
 *
 * @param key hash of the certificate's key
 */
record ShellCaller(String name, String key) {}
