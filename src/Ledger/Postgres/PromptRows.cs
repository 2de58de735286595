using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Postgres;

/// <summary>Writes the prompts that a batch grants or moves on.</summary>
internal static class PromptRows
{
    public static void Write(Pipeline pipeline, BatchState state)
    {
        PromptState[] granted = [.. state.Prompts.Values.Where(static p => p.Grant is not null)];
        if (granted.Length > 0)
        {
            AddSteps(
                pipeline.Then("insert_prompts", rows: granted.Length)
                    .Add(granted.Select(static p => (int)p.Workspace.Id)).Add(granted.Select(static p => p.Now.Id))
                    .Add(granted.Select(static p => (int)p.Workspace.Names[p.Now.Event].Id)).Add(granted.Select(static p => p.Now.UserKey))
                    .Add(granted.Select(static p => p.Now.Test)).Add(granted.Select(static p => UtcTime.Ms(p.Now.GrantedAt))),
                granted)
                .Add(granted.Select(static p => p.Now.Question)).Add(granted.Select(static p => p.Now.FollowUp))
                .Add(granted.Select(static p => p.Now.DefinitionVersion)).Add(granted.Select(static p => p.Now.DelaySeconds))
                .Add(granted.Select(static p => p.Grant!.Person.IsEmpty ? null : PersonJson.Write(p.Grant.Person)))
                .Add(granted.Select(static p => p.Grant!.Context.Url)).Add(granted.Select(static p => p.Grant!.Context.Locale))
                .Add(granted.Select(static p => p.Grant!.Context.Device));
        }
        PromptState[] changed = [.. state.Prompts.Values.Where(static p => p.IsChanged)];
        if (changed.Length > 0)
        {
            AddSteps(
                pipeline.Then("change_prompts", rows: changed.Length)
                    .Add(changed.Select(static p => (int)p.Workspace.Id)).Add(changed.Select(static p => p.Now.Id)),
                changed);
        }
    }

    /// <summary>What the steps of a prompt change.</summary>
    private static Pipeline AddSteps(Pipeline statement, PromptState[] rows) => statement
        .Add(rows.Select(static p => UtcTime.Ms(p.Now.LeaseUntil))).Add(rows.Select(static p => UtcTime.Ms(p.Now.LiveUntil)))
        .Add(rows.Select(static p => Ms(p.Now.SeenAt))).Add(rows.Select(static p => p.Now.View)).Add(rows.Select(static p => (short?)p.Now.Reaction))
        .Add(rows.Select(static p => Ms(p.Now.ReactedAt))).Add(rows.Select(static p => p.Now.Comment)).Add(rows.Select(static p => Ms(p.Now.CommentedAt)))
        .Add(rows.Select(static p => Ms(p.Now.DismissedAt)));

    private static long? Ms(DateTimeOffset? time) => time is { } value ? UtcTime.Ms(value) : null;
}
