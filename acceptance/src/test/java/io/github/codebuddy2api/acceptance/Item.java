package io.github.codebuddy2api.acceptance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which numbers of the list of the external contract (its section I) a test method shows. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Item {
    /** The numbers, 1 to {@link SurfaceList#LAST}. */
    int[] value();

    /** Where ours differs from the list on purpose, or what could not be tried here; empty if neither. */
    String note() default "";
}
