# Build with:  docker build -t verso .
# Use with:    docker run --rm -i verso translate - < article.txt
# Serve with:  docker run --rm -p 127.0.0.1:8080:8080 verso serve --host 0.0.0.0 --open
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY src src
RUN mvn --batch-mode --no-transfer-progress -DskipTests package

# Debian- or Ubuntu-based: the tokenizer's native library needs glibc 2.34.
FROM eclipse-temurin:17-jre-jammy
RUN useradd --system --create-home --home-dir /home/verso --shell /usr/sbin/nologin verso
WORKDIR /opt/verso
COPY verso LICENSE ./
COPY --from=build /src/target/verso.jar target/verso.jar
COPY --from=build /src/target/lib target/lib
COPY models/fr-en models/fr-en
RUN ./verso prepare
USER verso
# A service says whether it is ready; without one, a word is translated.
EXPOSE 8080
HEALTHCHECK --interval=60s --timeout=30s --start-period=30s \
  CMD ["bash", "-c", "if exec 3<>/dev/tcp/127.0.0.1/8080; then printf 'GET /v1/health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3; grep -q '200 OK' <&3; else echo bonjour | /opt/verso/verso translate --beam 1 - | grep -q .; fi"]
ENTRYPOINT ["/opt/verso/verso"]
CMD ["--help"]
