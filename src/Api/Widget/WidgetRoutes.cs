using Conclude.Api.Errors;
using Conclude.Api.Json;
using Conclude.Api.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Conclude.Api.Widget;

/// <summary>What the widget talks to; publishable and test keys.</summary>
internal static class WidgetRoutes
{
    public static void MapWidget(this IEndpointRouteBuilder routes)
    {
        var events = routes.ServiceProvider.GetRequiredService<EventsEndpoint>();
        var prompts = routes.ServiceProvider.GetRequiredService<PromptSteps>();
        var group = routes.MapGroup(ApiRoutes.Widget).WithTags("Widget").WithCommonProblems();

        group.MapGet("config", (Delegate)GetConfig).WithSummary("What the widget needs to know of the workspace")
            .Produces<WidgetConfig>().Produces(StatusCodes.Status304NotModified);
        group.MapPost("events", (Delegate)events.Post).WithSummary("Record 1–100 events of one user, and learn whether to ask")
            .Accepts<EventsRequest>("application/json", "text/plain").Produces<EventsAnswer>().WithProblems(400, 413, 415);

        var steps = group.MapGroup("prompts/{id}").WithProblems(404);
        steps.MapPost("seen", (Delegate)prompts.Seen).WithSummary("Claim a prompt; paint it only after the 204")
            .Accepts<SeenRequest>(isOptional: true, "application/json", "text/plain").Produces(StatusCodes.Status204NoContent).WithProblems(400, 413, 415).WithProblems(ApiProblem.NotLive);
        steps.MapPost("reaction", (Delegate)prompts.React).WithSummary("Store the reaction; another one is a conflict")
            .Accepts<ReactionRequest>("application/json", "text/plain").Produces(StatusCodes.Status204NoContent).WithProblems(400, 413, 415).WithProblems(ApiProblem.AlreadyAnswered, ApiProblem.NotLive);
        steps.MapPost("comment", (Delegate)prompts.Comment).WithSummary("Store the comment that follows a neutral or frustrated reaction")
            .Accepts<CommentRequest>("application/json", "text/plain").Produces(StatusCodes.Status204NoContent).WithProblems(400, 413, 415)
            .WithProblems(ApiProblem.ReactionRequired, ApiProblem.CommentNotExpected, ApiProblem.AlreadyAnswered, ApiProblem.NotLive);
        steps.MapPost("dismiss", (Delegate)prompts.Dismiss).WithSummary("Close a prompt without an answer")
            .Produces(StatusCodes.Status204NoContent).WithProblems(ApiProblem.NotLive);
    }

    private static Task GetConfig(HttpContext context)
    {
        var workspace = Caller.Of(context).Workspace;
        var etag = Etags.Of(workspace.Version);
        var headers = context.Response.Headers;
        headers.ETag = etag;
        // Private, and by key: a shared cache must not show one workspace's configuration to another.
        headers.CacheControl = "max-age=60";
        headers.Append("Vary", KeyReading.Header);
        if (Etags.Match(context.Request.Headers.IfNoneMatch, etag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
        }
        else
        {
            JsonAnswer.Write(context, WidgetConfig.Of(workspace), WidgetJson.Default.WidgetConfig);
        }

        return Task.CompletedTask;
    }
}
