package dev.verso.service.http;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A caller and what it may do. */
public final class ApiKeyAuthentication extends AbstractAuthenticationToken {

  private static final long serialVersionUID = 1L;

  private final transient Caller caller;

  /**
   * @param scopes what the caller may do, as labels of {@link Scope}
   */
  public ApiKeyAuthentication(Caller caller, Set<String> scopes) {
    super(authorities(scopes));
    this.caller = caller;
    setAuthenticated(true);
  }

  private static Collection<SimpleGrantedAuthority> authorities(Set<String> scopes) {
    return scopes.stream().map(SimpleGrantedAuthority::new).collect(Collectors.toSet());
  }

  public Caller caller() {
    return caller;
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public Object getPrincipal() {
    return caller.owner();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
