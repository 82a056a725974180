# Build with:  docker build -t verso .
# Use with:    docker run --rm -i verso translate - < article.txt
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
USER verso
# Loads the model and translates a word.
HEALTHCHECK --interval=60s --timeout=30s --start-period=10s \
  CMD echo bonjour | /opt/verso/verso translate --beam 1 - | grep -q . || exit 1
ENTRYPOINT ["/opt/verso/verso"]
CMD ["--help"]
