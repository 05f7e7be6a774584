package io.swarmstream.site.training;

import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.site.PublicApi;

/**
 * The merged model that was best on this site's own data.
 *
 * @param round that merged it
 * @param figures how good it is
 * @param hash Merkle root of the merged model: of the shared tensors alone
 */
@PublicApi
public record BestModel(long round, ModelFigures figures, Hash hash) {}
