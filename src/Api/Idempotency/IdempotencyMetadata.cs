using Conclude.Api.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Api.Idempotency;

/// <summary>Tells the OpenAPI document which routes take an idempotency key.</summary>
internal static class IdempotencyMetadata
{
    private static readonly ApiProblem[] Problems = [ApiProblem.IdempotencyKeyInUse, ApiProblem.TooManyIdempotencyKeys, ApiProblem.IdempotencyKeyReused];

    /// <summary>Every management route that is a <c>POST</c>; the entrance sees to it.</summary>
    public static T TakingIdempotencyKeys<T>(this T routes)
        where T : IEndpointConventionBuilder
    {
        routes.Finally(static endpoint =>
        {
            if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } path } && !path.StartsWith(ApiRoutes.Widget, StringComparison.Ordinal)
                && endpoint.Metadata.OfType<HttpMethodMetadata>().Any(static m => m.HttpMethods.Contains("POST")))
            {
                endpoint.Metadata.Add(TakesIdempotencyKey.Instance);
                foreach (var problem in Problems)
                {
                    endpoint.Metadata.Add(problem);
                }

                foreach (var status in Problems.Select(static p => p.Status).Append(400).Distinct())
                {
                    endpoint.Metadata.Add(ProblemMetadata.Produces(status));
                }
            }
        });
        return routes;
    }
}
