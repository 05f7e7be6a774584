package io.swarmstream.site.node.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a field of a JSON object in the OpenAPI document. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Doc {
  String value();

  /** Whether a request may omit the field, or an answer does when the value is unknown. */
  boolean optional() default false;
}
