using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Conclude.Api.Errors;

/// <summary>Tells the OpenAPI document which problems a route answers with.</summary>
internal static class ProblemMetadata
{
    private static readonly int[] Common = [401, 403, 429, 503];

    /// <summary>What any request with a key may get.</summary>
    public static T WithCommonProblems<T>(this T routes)
        where T : IEndpointConventionBuilder => routes.WithProblems(Common);

    /// <summary>Problems of which there is one for a status.</summary>
    public static T WithProblems<T>(this T routes, params int[] statuses)
        where T : IEndpointConventionBuilder => routes.WithMetadata([.. statuses.Select(Produces)]);

    /// <summary>Problems of which there are several for a status.</summary>
    public static T WithProblems<T>(this T routes, params ApiProblem[] problems)
        where T : IEndpointConventionBuilder =>
        routes.WithMetadata([.. problems, .. problems.Select(static p => p.Status).Distinct().Select(Produces)]);

    public static ProducesResponseTypeMetadata Produces(int status) => new(status, typeof(ProblemJson), [ApiProblem.ContentType]);
}
