using Conclude.Api.Errors;

namespace Conclude.Api.Json;

/// <summary>What was read, or why it could not be: exactly one of the two.</summary>
internal readonly record struct Reading<T>(T? Value, ApiProblem? Problem)
    where T : class
{
    public static implicit operator Reading<T>(T value) => new(value, null);

    public static implicit operator Reading<T>(ApiProblem problem) => new(null, problem);
}
