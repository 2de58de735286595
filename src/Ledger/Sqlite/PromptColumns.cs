namespace Conclude.Ledger.Sqlite;

/// <summary>Binds the columns of a prompt in the order in which the writing statements name them.</summary>
internal static class PromptColumns
{
    /// <summary>Binds what every prompt has, in the order of <c>insert_prompt</c>.</summary>
    public static Statement Add(Statement insert, long workspace, long name, Prompt prompt) => AddSteps(
        insert.Add(workspace).Add(prompt.Id).Add(name).Add(prompt.UserKey).Add(prompt.Test).Add(prompt.GrantedAt), prompt)
        .Add(prompt.Question).Add(prompt.FollowUp).Add(prompt.DefinitionVersion).Add(prompt.DelaySeconds);

    /// <summary>Binds what the steps of a prompt change.</summary>
    public static Statement AddSteps(Statement statement, Prompt prompt) => statement
        .Add(prompt.LeaseUntil).Add(prompt.LiveUntil).Add(prompt.SeenAt).Add(prompt.View).Add((long?)prompt.Reaction).Add(prompt.ReactedAt)
        .Add(prompt.Comment).Add(prompt.CommentedAt).Add(prompt.DismissedAt);
}
