using Conclude.Api.Errors;
using Conclude.Api.Keys;
using Conclude.Grains;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Conclude.Api.ObservedEvents;

/// <summary>What apps fire, moments or not; secret key.</summary>
internal static class ObservedEventRoutes
{
    public static void MapObservedEvents(this IEndpointRouteBuilder routes)
    {
        var feed = routes.ServiceProvider.GetRequiredService<LiveFeed>();
        var group = routes.MapGroup(ApiRoutes.Management + "/observed-events").WithTags("Observed events").WithCommonProblems();
        group.MapGet("", List).WithSummary("Every name ever fired");
        group.MapGet("live", (Delegate)feed.Stream).WithSummary("Fires as they are committed: server-sent events named fire")
            .Produces<FireJson>(StatusCodes.Status200OK, "text/event-stream");
    }

    private static async Task<Ok<ObservedEventsJson>> List(Caller caller, IGrainFactory grains)
    {
        var names = await grains.Catalog(caller.WorkspaceId).Names();
        return TypedResults.Ok(new ObservedEventsJson([.. names.Select(name => ObservedEventJson.Of(name, caller.Workspace))]));
    }
}
