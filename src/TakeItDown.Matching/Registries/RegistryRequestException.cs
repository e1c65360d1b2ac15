using System.Net;

namespace TakeItDown.Matching.Registries;

/// <summary>One request failed. The text names neither the user nor the address's query.</summary>
internal sealed class RegistryRequestException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What the registry answered, where it did.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Whether the same request may well succeed a little later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>How long the registry asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the registry refuses what was asked, rather than who asks or when.</summary>
    public bool IsRefusal => Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.Gone
        or HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.UnprocessableEntity;
}
