namespace Conclude.Ledger.Sqlite;

/// <summary>The columns of a prompt in the order in which every statement names them.</summary>
internal static class PromptColumns
{
    public static Prompt Read(Statement row) => new()
    {
        Id = row.Guid(0),
        Event = row.Text(1),
        UserKey = row.Text(2),
        Test = row.Bool(3),
        GrantedAt = row.Time(4),
        LeaseUntil = row.Time(5),
        LiveUntil = row.Time(6),
        SeenAt = row.TimeOrNull(7),
        View = row.TextOrNull(8),
        Reaction = row.IsNull(9) ? null : (Reaction)row.Long(9),
        ReactedAt = row.TimeOrNull(10),
        Comment = row.TextOrNull(11),
        CommentedAt = row.TimeOrNull(12),
        DismissedAt = row.TimeOrNull(13),
        Question = row.Text(14),
        FollowUp = row.TextOrNull(15),
        DefinitionVersion = row.Long(16),
        DelaySeconds = (int)row.Long(17),
    };

    /// <summary>Binds what every prompt has, in the order of <c>insert_prompt</c>.</summary>
    public static Statement Add(Statement insert, long workspace, long name, Prompt prompt) => AddSteps(
        insert.Add(workspace).Add(prompt.Id).Add(name).Add(prompt.UserKey).Add(prompt.Test).Add(prompt.GrantedAt), prompt)
        .Add(prompt.Question).Add(prompt.FollowUp).Add(prompt.DefinitionVersion).Add(prompt.DelaySeconds);

    /// <summary>Binds what the steps of a prompt change.</summary>
    public static Statement AddSteps(Statement statement, Prompt prompt) => statement
        .Add(prompt.LeaseUntil).Add(prompt.LiveUntil).Add(prompt.SeenAt).Add(prompt.View).Add((long?)prompt.Reaction).Add(prompt.ReactedAt)
        .Add(prompt.Comment).Add(prompt.CommentedAt).Add(prompt.DismissedAt);
}
