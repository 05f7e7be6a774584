package io.swarmstream.site.training;

import io.swarmstream.site.PublicApi;

/**
 * How good a model is on a site's own data.
 *
 * @param loss the lower, the better; NaN: unknown
 * @param metric such as accuracy: the greater, the better; NaN: unknown
 */
@PublicApi
public record ModelFigures(double loss, double metric) {}
